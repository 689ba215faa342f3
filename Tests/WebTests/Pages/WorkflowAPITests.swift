import Foundation
import Kernel
import Testing
import Values

@testable import Web

@Suite("Workflows through the API", .serialized)
struct WorkflowAPITests {
    private static let file = """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">
          <bpmn:process id="greeting" name="问候">
            <bpmn:laneSet id="ls"><bpmn:lane id="l" name="Somebody"><bpmn:flowNodeRef>call</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
            <bpmn:startEvent id="s"/><bpmn:sequenceFlow id="a" sourceRef="s" targetRef="call"/>
            <bpmn:userTask id="call" name="打电话"/><bpmn:sequenceFlow id="b" sourceRef="call" targetRef="send"/>
            <bpmn:serviceTask id="send" implementation="letters"/><bpmn:sequenceFlow id="c" sourceRef="send" targetRef="e"/>
            <bpmn:endEvent id="e"/>
          </bpmn:process>
        </bpmn:definitions>
        """

    private func call(
        _ browser: Browser, _ method: String, _ target: String, _ body: String = "",
        headers: [String: String] = ["content-type": "application/json"]
    ) async -> Reply {
        var all = headers
        let page = await browser.text("/")
        if let range = page.firstRange(of: "data-csrf=\"") {
            all["x-csrf-token"] = String(page[range.upperBound...].prefix { $0 != "\"" })
        }
        return await browser.send(method, target, body: Array(body.utf8), headers: all)
    }

    private func json(_ reply: Reply) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(reply.bytes)) as? [String: Any])
    }

    @Test("A file is tried, brought in, started on a record, done by a person and a program, and goes out as it came")
    func wholeWay() async throws {
        let world = try await RelayWorld.open()
        let owner = try await world.house.person("def", roles: ["admin"])
        let way = "/api/v1/workflows?object=order"
        let trial = try json(await call(owner, "POST", way + "&dry_run=true", Self.file))
        #expect(trial["runnable"] as? Bool == false)
        let odd = await call(owner, "POST", way, Self.file)
        #expect(odd.status == 422 && odd.text.contains("lane_without_holder"))
        #expect(await call(owner, "POST", way + "&lane=Somebody", Self.file).status == 422)
        #expect(await call(world.lin, "POST", way + "&lane=l=merchandiser", Self.file).status == 403)
        let brought = await call(owner, "POST", way + "&lane=Somebody=merchandiser", Self.file)
        #expect(brought.status == 201, "\(brought.text.prefix(400))")
        let version = try #require(try json(brought)["id"] as? String)
        let file = await call(owner, "GET", "/api/v1/workflows/greeting/file")
        #expect(file.bytes == Array(Self.file.utf8) && file.header("content-type") == "application/xml")
        #expect(await call(world.lin, "GET", "/api/v1/workflows/nothing").status == 404)

        let body = "{\"object\":\"order\",\"record\":\"\(world.order)\"}"
        #expect(await call(world.other, "POST", "/api/v1/workflows/greeting/start", body).status == 404)
        let started = await call(world.mei, "POST", "/api/v1/workflows/greeting/start", body)
        #expect(started.status == 201, "\(started.text.prefix(400))")
        let run = try #require(try json(started)["id"] as? String)
        let mine = try json(await call(world.mei, "GET", "/api/v1/workflow-tasks"))
        let task = try #require((mine["data"] as? [[String: Any]])?.first?["id"] as? String)
        #expect(await call(world.lin, "POST", "/api/v1/workflow-tasks/\(task)/take").status == 403)
        #expect(await call(world.mei, "POST", "/api/v1/workflow-tasks/\(task)/take").status == 200)
        #expect(await call(world.mei, "POST", "/api/v1/workflow-tasks/\(task)/fly").status == 404)
        let done = await call(world.mei, "POST", "/api/v1/workflow-tasks/\(task)/complete", "{\"note\":\"打过了\"}")
        #expect(done.status == 200, "\(done.text.prefix(400))")
        #expect(
            await call(world.mei, "POST", "/api/v1/workflow-tasks/\(task)/complete", "{}").text.contains(
                "workflow_task_over"))
        let letters = try json(
            await call(world.mei, "GET", "/api/v1/workflow-tasks?kind=service&topic=letters"))
        let letter = try #require((letters["data"] as? [[String: Any]])?.first?["id"] as? String)
        #expect(await call(world.mei, "POST", "/api/v1/workflow-tasks/\(letter)/complete", "{}").status == 200)
        let end = try json(await call(world.mei, "GET", "/api/v1/workflow-runs/\(run)"))
        #expect(end["status"] as? String == "done" && (end["tasks"] as? [Any])?.count == 2)
        let runs = try json(
            await call(world.mei, "GET", "/api/v1/workflow-runs?object=order&record=\(world.order)"))
        #expect((runs["data"] as? [Any])?.count == 1)
        #expect(await call(world.other, "GET", "/api/v1/workflow-runs/\(run)").status == 404)
        let moved = try json(await call(owner, "POST", "/api/v1/workflows/\(version)/migrate?dry_run=true", "{}"))
        #expect(moved["moved"] as? Int == 0)
        let relay = await call(world.lin, "GET", "/api/v1/processes/inquiry_to_cash.bpmn")
        #expect(relay.status == 200 && relay.text.contains("bpmn:laneSet"))
        await world.house.end()
    }
}
