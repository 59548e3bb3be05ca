import LuaBridge

/// The version of Lua.
package enum LuaVersion {
    /// Such as `5.4.4`.
    package static var current: String { LuaState.version }
}
