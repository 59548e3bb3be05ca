import Testing

/// What `scripts/test --fast` leaves out.
extension Tag {
    /// Takes long: more than some seconds of a processor.
    @Tag public static var slow: Tag
    /// Tries inputs made by chance, many of them.
    @Tag public static var fuzz: Tag
    /// Kills processes amid their work, many times.
    @Tag public static var kill: Tag
}
