/// How much one answer may hold, whatever was asked for.
enum Limits {
    static func rows(_ asked: Int) -> Int { min(max(asked, 1), 500) }
    static func events(_ asked: Int) -> Int { min(max(asked, 1), 5000) }
}
