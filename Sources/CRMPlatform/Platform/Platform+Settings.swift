public import CRMModel
public import CRMRuntime

extension Platform {
    /// What the file says of the company, with the usual values of what was not set.
    ///
    /// - Throws: `busy`, `storage`.
    public var settings: FileSettings {
        get throws(PlatformError) {
            try lanes.snapshot().settings
        }
    }

    /// Gives settings of the file values as people type them, all or none; an empty text gives the usual value back.
    ///
    /// From then on days, codes, reports, prints and files follow them, for everyone who has the file open.
    ///
    /// - Throws: `invalidInput` with every value that does not fit and what is allowed; `busy`, `storage`.
    public func setSettings(
        _ values: ParameterInput,
        in unit: UnitContext
    ) throws(PlatformError) {
        try lanes.run(.write) { workspace throws(PlatformError) in
            try workspace.setSettings(values, unit)
        }
    }

    /// The changes of settings, oldest first.
    ///
    /// - Throws: `busy`, `storage`.
    public func settingsHistory() throws(PlatformError) -> [SettingChange] {
        try lanes.run(.fast) { workspace throws(PlatformError) in try workspace.settingsHistory() }
    }
}
