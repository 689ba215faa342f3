import Definitions

extension Problem {
    /// The messages about a single value that can't be read.
    enum Reading {
        case expected(Label)
        case tooLong(Int)
        case unknownCode(String)
        case tooPrecise(Int)
        case outOfRange
        case controlCharacter
    }

    static func unreadable(_ field: String, _ reading: Reading) -> Problem {
        switch reading {
        case .expected(let what):
            Problem(
                field: field, code: "wrong_type",
                message: Label(zh: "这里要填\(what.zh)", en: "This needs \(what.en)"))
        case .tooLong(let limit):
            Problem(
                field: field, code: "too_long",
                message: Label(zh: "最多 \(limit) 个字符，请缩短", en: "At most \(limit) characters; please shorten it"))
        case .unknownCode(let code):
            Problem(
                field: field, code: "unknown_code",
                message: Label(zh: "没有“\(code.prefix(40))”这个选项", en: "“\(code.prefix(40))” is not one of the options"))
        case .tooPrecise(let scale):
            Problem(
                field: field, code: "too_precise",
                message: Label(zh: "最多 \(scale) 位小数", en: "At most \(scale) digits after the point"))
        case .outOfRange:
            Problem(
                field: field, code: "out_of_range",
                message: Label(zh: "数字超出可保存的范围", en: "The number is beyond what can be stored"))
        case .controlCharacter:
            Problem(
                field: field, code: "control_character",
                message: Label(zh: "含有不可见的控制字符，请删去", en: "Contains control characters; please remove them"))
        }
    }
}
