package import Definitions

/// Why a FEEL text can't be read or computed.
package enum FEELError: Error, Sendable, Hashable {
    /// The text is none of the subset; the place counts from 1.
    case syntax(String, at: Int)
    case tooLong
    case unknownName(String)
    case unknownFunction(String)
    /// Two values of kinds that don't go together, such as a number compared with a text.
    case mismatch(String)
    case arithmetic

    /// A permanent word for programs.
    package var code: String {
        switch self {
        case .syntax: "feel_syntax"
        case .tooLong: "feel_too_long"
        case .unknownName: "feel_unknown_name"
        case .unknownFunction: "feel_unknown_function"
        case .mismatch: "feel_mismatch"
        case .arithmetic: "feel_arithmetic"
        }
    }

    /// The reason in words.
    package var message: Label {
        switch self {
        case .syntax(let text, let place):
            Label(zh: "第 \(place) 个字符处读不懂：\(text)", en: "Not understood at character \(place): \(text)")
        case .tooLong: Label(zh: "表达式太长或嵌套太深", en: "The expression is too long or too deep")
        case .unknownName(let name): Label(zh: "没有名为“\(name)”的输入", en: "There is no input named “\(name)”")
        case .unknownFunction(let name): Label(zh: "不支持函数“\(name)”", en: "The function “\(name)” is not supported")
        case .mismatch(let what): Label(zh: "类型不符：\(what)", en: "Kinds don't go together: \(what)")
        case .arithmetic: Label(zh: "除以零或数太大", en: "Division by zero, or a number too large")
        }
    }
}
