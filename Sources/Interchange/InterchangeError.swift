package import Definitions

/// Why a file of another program can't be taken. Lines and columns count from 1.
package enum InterchangeError: Error, Sendable, Hashable {
    /// Not well-formed XML; the text is what the parser says.
    case brokenXML(line: Int, column: Int, String)
    /// A document type was declared: there are no entities here, nothing outside is fetched.
    case documentType(line: Int)
    /// A prefix without a namespace.
    case unboundPrefix(String, line: Int)
    case tooDeep(line: Int)
    case tooLarge
    /// The root is not the one of this format; the text is the name found.
    case otherFormat(String)
    /// An element that must be there is not.
    case missing(String, in: String)
    /// No element with this id.
    case unknownElement(String)

    /// A permanent word for programs.
    package var code: String {
        switch self {
        case .brokenXML: "broken_xml"
        case .documentType: "document_type"
        case .unboundPrefix: "unbound_prefix"
        case .tooDeep: "too_deep"
        case .tooLarge: "too_large"
        case .otherFormat: "other_format"
        case .missing: "missing_element"
        case .unknownElement: "unknown_element"
        }
    }

    /// The reason in words.
    package var message: Label {
        switch self {
        case .brokenXML(let line, let column, _):
            Label(zh: "第 \(line) 行第 \(column) 列不是有效的 XML", en: "Line \(line), column \(column) is not well-formed XML")
        case .documentType(let line):
            Label(zh: "第 \(line) 行声明了文档类型，不接受", en: "Line \(line) declares a document type, which is not accepted")
        case .unboundPrefix(let prefix, let line):
            Label(zh: "第 \(line) 行的前缀“\(prefix)”没有命名空间", en: "Line \(line): the prefix “\(prefix)” has no namespace")
        case .tooDeep(let line):
            Label(zh: "第 \(line) 行嵌套太深", en: "Line \(line) is nested too deeply")
        case .tooLarge: Label(zh: "文件太大", en: "The file is too large")
        case .otherFormat(let name):
            Label(zh: "文件的根元素是“\(name)”，不是这里要的格式", en: "The root element is “\(name)”, which is another format")
        case .missing(let name, let place):
            Label(zh: "“\(place)”里缺少“\(name)”", en: "“\(name)” is missing in “\(place)”")
        case .unknownElement(let id):
            Label(zh: "没有编号为“\(id)”的元素", en: "There is no element with the id “\(id)”")
        }
    }
}
