import Access
import Definitions
import Interchange

/// A relay as a BPMN 2.0 file, as far as the actor may read its objects. No statement but those of the people.
package struct RelayFileOf: Question {
    package var process: String

    package init(process: String) { self.process = process }

    /// - Throws: the rejection `not_found` for a relay of which nothing may be read.
    package func answer(in context: ReadContext) throws -> (name: String, bytes: [UInt8]) {
        guard let definition = context.model.process(process) else { throw Rejection.noSuchRecord }
        let objects = definition.objects.filter { context.access.grant($0).canRead }
        guard !objects.isEmpty else { throw Rejection.noSuchRecord }
        var holders: [String: Label] = [:]
        for object in objects {
            let lanes = try WorkflowLanes(context, object: object, words: [])
            for leg in definition.legs(of: object) { holders[leg.id] = lanes.words(leg.holders.first ?? "owner") }
        }
        let document = RelayDrawing(definition, context.model, objects: objects, holders: holders).document
        return (process + ".bpmn", Array(document.written.utf8))
    }
}
