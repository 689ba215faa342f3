/// A field that a task for somebody asks for, as the file declares it.
package struct BPMNFormField: Sendable, Hashable {
    package let id: String
    package let label: String?
    package let isRequired: Bool

    package init(id: String, label: String?, isRequired: Bool) {
        self.id = id
        self.label = label
        self.isRequired = isRequired
    }

    /// The `formField` or `formProperty` elements of any prefix inside the task's extensions, in their order. A field is
    /// asked for when its attribute `required` is true, or a constraint in it is named `required`.
    static func all(of task: XMLElement) -> [BPMNFormField] {
        var out: [BPMNFormField] = []
        for extensions in task.all("extensionElements") { gather(extensions, into: &out) }
        var seen: Set<String> = []
        return out.filter { !$0.id.isEmpty && seen.insert($0.id).inserted }
    }

    /// Other programs put fields into a box of their own, such as `formData`.
    private static func gather(_ element: XMLElement, into out: inout [BPMNFormField]) {
        for child in element.elements {
            switch child.name.local {
            case "formField", "formProperty": out.append(BPMNFormField(child))
            case "formData", "form": gather(child, into: &out)
            default: break
            }
        }
    }

    private init(_ element: XMLElement) {
        let label = (element["label"] ?? element["name"]).map(Blanks.trimmed)
        let constraints = element.elements.filter { $0.name.local == "validation" }.flatMap(\.elements)
        self.init(
            id: Blanks.trimmed(element.id ?? ""), label: label?.isEmpty == true ? nil : label,
            isRequired: element["required"] == "true"
                || constraints.contains { $0["name"] == "required" && $0["config"] != "false" })
    }
}
