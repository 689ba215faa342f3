/// The fields that every object has.
package enum SystemFields {
    /// Ids no field of a pack or customer may take.
    package static let ids = [
        "id", "version", "created_at", "created_by", "updated_at", "updated_by", "owner", "department", "region",
        "deleted_at",
    ]
    /// Taken as well on line objects.
    package static let lineIDs = ["parent", "position"]

    /// Last in the object's fields. Read-only, but for the department and the region of settings such as users,
    /// where they say something about the record itself.
    static func definitions(object: String, parent: String?, isSetting: Bool) -> [FieldDefinition] {
        var fields = [
            field("id", Label(zh: "记录号", en: "Record ID"), .link(object: object)),
            field("version", Label(zh: "版本", en: "Version"), .integer),
            field("created_at", Label(zh: "创建时间", en: "Created"), .instant),
            field("created_by", Label(zh: "创建人", en: "Created by"), .link(object: "user")),
            field("updated_at", Label(zh: "更新时间", en: "Updated"), .instant),
            field("updated_by", Label(zh: "更新人", en: "Updated by"), .link(object: "user")),
            field("owner", Label(zh: "负责人", en: "Owner"), .link(object: "user")),
            field("department", Label(zh: "部门", en: "Department"), .link(object: "department"), readOnly: !isSetting),
            field("region", Label(zh: "区域", en: "Region"), .link(object: "region"), readOnly: !isSetting),
            field("deleted_at", Label(zh: "删除时间", en: "Deleted"), .instant),
        ]
        if let parent {
            fields.append(field("parent", Label(zh: "所属单据", en: "Belongs to"), .link(object: parent)))
            fields.append(field("position", Label(zh: "行号", en: "Line"), .integer))
        }
        return fields
    }

    private static func field(_ id: String, _ label: Label, _ type: FieldType, readOnly: Bool = true) -> FieldDefinition
    {
        FieldDefinition(
            id: id, label: label, help: nil, type: type, layer: .kernel, required: false, unique: false,
            immutable: false, readOnly: readOnly, defaultValue: nil, formula: nil, rollup: nil, series: nil,
            linkFilter: nil, sensitivity: nil, region: nil, retired: false, generation: 0, multiline: false, unit: nil)
    }
}

extension FieldDefinition {
    /// Kept by the kernel in a column of its own name.
    package var isSystem: Bool { layer == .kernel }

    /// The bare id for system fields, `f_…` for all others.
    package var physicalColumn: String { isSystem ? id : column }
}
