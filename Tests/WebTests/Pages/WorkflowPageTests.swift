import Definitions
import Kernel
import Testing
import Values

@testable import Web

@Suite("Pages of workflows", .serialized)
struct WorkflowPageTests {
    private static let file = """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">
          <bpmn:process id="welcome" name="接待 &lt;b&gt;" isExecutable="true">
            <bpmn:laneSet id="ls"><bpmn:lane id="l1" name="谁来做"><bpmn:flowNodeRef>check</bpmn:flowNodeRef><bpmn:flowNodeRef>call</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
            <bpmn:startEvent id="s"/><bpmn:sequenceFlow id="a" sourceRef="s" targetRef="check"/>
            <bpmn:userTask id="check" name="核对资料"/><bpmn:sequenceFlow id="b" sourceRef="check" targetRef="call"/>
            <bpmn:userTask id="call" name="打电话"/><bpmn:sequenceFlow id="c" sourceRef="call" targetRef="e"/>
            <bpmn:endEvent id="e"/>
          </bpmn:process>
        </bpmn:definitions>
        """

    /// Sends the form with the file, as a browser does.
    private func bring(_ browser: Browser, _ fields: [(String, String)], file: String? = file) async -> Reply {
        await browser.post("/settings/workflows/bring", fields, file: file, named: "w.bpmn")
    }

    @Test("A file is checked, its lane is given to somebody, it is brought in, started on a record and run to its end")
    func wholeWay() async throws {
        let world = try await RelayWorld.open()
        let boss = try await world.house.person("boss", roles: ["admin"])
        #expect(await boss.text("/settings/workflows").contains("还没有流程图"))
        let checked = await bring(boss, [("object", "order"), ("do", "check")])
        #expect(checked.status == 200 && checked.text.contains("谁来做"), "\(checked.text.prefix(800))")
        #expect(checked.text.contains("接待 &lt;b&gt;") && !checked.text.contains("接待 <b>"))
        #expect(!checked.text.contains("value=\"bring\""), "a lane of nobody can't be brought in")
        let kept = try #require(checked.text.firstMatch(of: /name="kept" value="([^"]+)"/)).1
        let lanes = [("object", "order"), ("kept", String(kept)), ("kept_name", "w.bpmn"), ("lane.l1", "merchandiser")]
        let again = await bring(boss, lanes + [("do", "check")], file: nil)
        #expect(again.status == 200 && again.text.contains("value=\"bring\""), "\(again.text.prefix(600))")
        let brought = await bring(boss, lanes + [("do", "bring")], file: nil)
        #expect(
            brought.status == 303 && brought.location == "/settings/workflows/welcome", "\(brought.text.prefix(600))")
        let page = await boss.text(brought.location)
        #expect(page.contains("<svg") && page.contains("data-node=\"check\"") && page.contains("核对资料"))
        #expect(await boss.get("/settings/workflows/welcome/file").bytes == Array(Self.file.utf8))

        let record = "/o/order/\(world.order)"
        #expect(await world.lin.text(record).contains("value=\"welcome\""))
        let started = await world.lin.post(
            "/workflows/start", [("workflow", "welcome"), ("object", "order"), ("id", world.order.description)])
        #expect(started.status == 303 && started.location.hasPrefix("/workflows/"), "\(started.text.prefix(400))")
        let run = started.location
        #expect(await world.mei.text("/").contains("核对资料"), "the day shows what may be taken")
        for node in ["核对资料", "打电话"] {
            let open = await world.mei.text(run)
            #expect(open.contains(node))
            let task = try #require(open.firstMatch(of: /tasks\/([0-9a-f-]{36})\/take/)).1
            #expect(await world.mei.post(run + "/tasks/\(task)/take", []).status == 303)
            let done = await world.mei.post(run + "/tasks/\(task)/complete", [("note", "好")])
            #expect(done.status == 303, "\(done.text.prefix(400))")
        }
        let over = await world.mei.text(run)
        #expect(over.contains("走完") && over.contains("“好”") && !over.contains("style=\""))
        #expect(await world.other.get(run).status == 404)
        await world.house.end()
    }

    private static let filled = file.replacing(
        "<bpmn:userTask id=\"check\" name=\"核对资料\"/>",
        with: """
            <bpmn:userTask id="check" name="核对资料"><bpmn:extensionElements>
              <x:formField xmlns:x="urn:x" id="pod" label="卸货港" required="true"/><x:formField xmlns:x="urn:x" id="qc"/>
            </bpmn:extensionElements></bpmn:userTask>
            """)

    @Test("A task's fields are filled on its page; what is wrong stands at the field, and what was typed stays")
    func form() async throws {
        let world = try await RelayWorld.open()
        let boss = try await world.house.person("boss", roles: ["admin"])
        let brought = await bring(
            boss, [("object", "order"), ("lane.l1", "merchandiser"), ("do", "bring")], file: Self.filled)
        #expect(brought.status == 303, "\(brought.text.prefix(600))")
        let started = await world.lin.post(
            "/workflows/start", [("workflow", "welcome"), ("object", "order"), ("id", world.order.description)])
        let run = started.location
        let day = await world.mei.text("/")
        #expect(day.contains("填写并完成") && day.contains("?task="), "the day leads to the form")
        let open = await world.mei.text(run)
        let task = try #require(open.firstMatch(of: /tasks\/([0-9a-f-]{36})\/take/)).1
        #expect(open.contains("name=\"v.pod\"") && open.contains("卸货港"), "\(open.suffix(3000))")
        let version = try await world.now().version
        func complete(_ fields: [(String, String)]) async -> Reply {
            await world.mei.post(run + "/tasks/\(task)/complete", fields + [("version", String(version))])
        }
        let bad = await complete([("v.pod", ""), ("note", "稍等")])
        #expect(bad.status == 422 && bad.text.contains("href=\"#wt-\(task)-v.pod\""), "\(bad.status)")
        #expect(bad.text.contains("稍等") && bad.text.contains("fd-e"))
        let odd = await complete([("v.pod", "NOWHERE")])
        #expect(odd.status == 422 && odd.text.contains("fd-e"), "\(odd.status)")
        let good = await complete([("v.pod", "DEHAM")])
        #expect(good.status == 303, "\(good.text.prefix(600))")
        let record = try await world.house.kernel.answer(
            ShowRecord(object: "order", id: world.order, fields: ["pod"]), as: .system("test"))
        #expect(record["pod"].text == "DEHAM")
        let next = await world.mei.text(run)
        #expect(next.contains("顺便填写记录的字段"), "a task that names no fields offers those of the record")
        await world.house.end()
    }

    @Test("Runs go to a new version by a mapping chosen by hand: tried first, all or none, refused at the place")
    func migration() async throws {
        let world = try await RelayWorld.open()
        let boss = try await world.house.person("boss", roles: ["admin"])
        let asked = [("object", "order"), ("lane.l1", "merchandiser"), ("do", "bring")]
        #expect(await bring(boss, asked).status == 303)
        let started = await world.lin.post(
            "/workflows/start", [("workflow", "welcome"), ("object", "order"), ("id", world.order.description)])
        let run = started.location
        let next = Self.file.replacing("\"check\"", with: "\"verify\"").replacing(">check<", with: ">verify<")
        #expect(await bring(boss, asked, file: next).status == 303)
        let versions = await boss.text("/settings/workflows/welcome")
        let link = try #require(versions.firstMatch(of: /href="([^"]+\/migrate\?from=[0-9a-f-]{36})"/)).1
        let plan = await boss.text(String(link))
        #expect(plan.contains("name=\"node.check\"") && plan.contains("新版没有"), "\(plan.suffix(2500))")
        #expect(plan.contains("value=\"verify\"") && plan.contains("value=\"call\""))
        let from = String(link.suffix(36))
        let path = "/settings/workflows/welcome/migrate"
        let unsaid = await boss.post(path, [("from", from), ("dry", "1"), ("node.check", "")])
        #expect(unsaid.status == 409 && unsaid.text.contains("node-check-e"), "\(unsaid.text.suffix(2500))")
        let tried = await boss.post(path, [("from", from), ("dry", "1"), ("node.check", "verify")])
        #expect(tried.status == 200 && tried.text.contains("可以迁移 1 个实例"), "\(tried.text.suffix(2500))")
        #expect(tried.text.contains("value=\"verify\" selected"))
        #expect(!(await world.lin.text(run)).contains("data-node=\"verify\""), "nothing has moved yet")
        #expect(await world.lin.post(path, [("from", from), ("dry", "0"), ("node.check", "verify")]).status == 403)
        let moved = await boss.post(path, [("from", from), ("dry", "0"), ("node.check", "verify")])
        #expect(moved.status == 303 && moved.location.hasSuffix("/welcome#versions"))
        #expect((await world.lin.text(run)).contains("data-node=\"verify\""))
        #expect(await boss.get(path + "?from=" + run.suffix(36)).status == 404)
        await world.house.end()
    }

    @Test("Who may not define neither brings in nor retires; what is no BPMN is said at the form")
    func rights() async throws {
        let house = try await WebHouse.open()
        _ = try await house.owner()
        let lin = try await house.person("lin", roles: ["sales"])
        let boss = try await house.person("boss", roles: ["admin"])
        #expect(await lin.get("/settings/workflows/bring").status == 403)
        #expect(await bring(lin, [("do", "bring")]).status == 403)
        let none = await bring(boss, [("do", "check")], file: nil)
        #expect(none.status == 422 && none.text.contains("先选一个 BPMN 文件"))
        let odd = await bring(boss, [("do", "check")], file: "not xml")
        #expect(odd.status == 422, "\(odd.status)")
        #expect(await boss.get("/settings/workflows/none").status == 404)
        await house.end()
    }
}
