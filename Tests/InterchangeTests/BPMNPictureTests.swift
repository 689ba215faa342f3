import Flow
import Interchange
import Testing

@Suite("Drawings and service tasks of BPMN files")
struct BPMNPictureTests {
    private func read(_ file: String) throws -> (document: BPMNDocument, process: BPMNProcess) {
        let document = try BPMNDocument(Array(file.utf8))
        return (document, try #require(document.processes.first))
    }

    @Test("The drawing of a file is where its author put it")
    func drawn() throws {
        let (document, process) = try read(BPMNFiles.camunda)
        let picture = BPMNPicture(of: process, in: document)
        let start = try #require(picture.shapes.first { $0.element == "start" })
        #expect(start.x == 179 && start.y == 99 && start.width == 36 && start.height == 36)
        #expect(picture.edges.first { $0.element == "f1" }?.points.map(\.x) == [215, 270])
    }

    @Test("Without a drawing one is made: every node has a place and every flow a line")
    func made() throws {
        let (document, process) = try read(BPMNFiles.plain)
        let picture = BPMNPicture(of: process, in: document)
        let places = Set(picture.shapes.map(\.element))
        #expect(places.isSuperset(of: process.graph.nodes.map(\.id)))
        #expect(places.isSuperset(of: process.graph.timers.map(\.id)))
        #expect(Set(picture.edges.map(\.element)) == Set(process.graph.flows.map(\.id)))
    }

    @Test("Lengths that no drawing has are left out")
    func odd() throws {
        let file = BPMNFiles.camunda.replacing("x=\"179\"", with: "x=\"1e99\"").replacing(
            "x=\"215\"", with: "x=\"nan\"")
        let (document, process) = try read(file)
        let picture = BPMNPicture(of: process, in: document)
        #expect(!picture.shapes.contains { $0.element == "start" } && picture.edges.isEmpty)
    }

    @Test("A service task says by which word a program or the house knows it, whoever drew it")
    func services() throws {
        let camunda = try read(BPMNFiles.camunda).process.services
        #expect(camunda["remind"]?.topic == "remind" && camunda["remind"]?.action == nil)
        let file = BPMNFiles.camunda.replacing(
            "camunda:type=\"external\" camunda:topic=\"remind\"",
            with: "xmlns:baton=\"urn:baton\" baton:action=\"urge\" implementation=\"##WebService\"")
        let ours = try read(file).process.services
        #expect(ours["remind"]?.action == "urge" && ours["remind"]?.topic == "##WebService")
        let zeebe = BPMNFiles.camunda.replacing(
            "camunda:type=\"external\" camunda:topic=\"remind\">",
            with: "><bpmn:extensionElements><camunda:taskDefinition type=\"post\"/></bpmn:extensionElements>")
        #expect(try read(zeebe).process.services["remind"]?.topic == "post")
    }
}
