extension Paths {
    static let help = "/help"
    static let keyMap = "/help/keys"
    static let dictionary = "/help/words"
    static let tour = "/help/tour"

    static func help(_ chapter: String) -> String { help + "/" + chapter }
    static func dictionary(_ object: String) -> String { dictionary + "/" + object }
}
