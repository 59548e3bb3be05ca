import Testing

extension Tag {
    /// Tries inputs made by chance, many of them.
    @Tag public static var fuzz: Tag
}
