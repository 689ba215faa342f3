import Definitions
import Kernel
import Store
import Testing
import Values

/// A house with a customer of lin's, and what people do with workflows.
struct WorkflowHouse {
    var house: TestHouse
    let company: RecordID

    static func open() async throws -> WorkflowHouse {
        let house = try await TestHouse.open()
        return WorkflowHouse(house: house, company: try await house.customer("Nordlicht", of: "lin"))
    }

    var record: RecordReference { RecordReference(object: "company", id: company) }

    @discardableResult
    func perform(_ step: WorkflowCommand, as login: String, key: String? = nil, dryRun: Bool = false) async throws
        -> WorkflowOutcome
    {
        let outcome = try await house.kernel.perform(
            Command(.workflow(step), idempotencyKey: key, dryRun: dryRun), as: try await house.actor(login))
        return try #require(outcome.workflow)
    }

    @discardableResult
    func bring(_ file: String, object: String? = "company", lanes: [String: String] = [:], dryRun: Bool = false)
        async throws -> WorkflowOutcome
    {
        try await perform(
            .bring(WorkflowFile(bytes: Array(file.utf8), object: object, lanes: lanes)), as: "ada", dryRun: dryRun)
    }

    func start(_ key: String = "onboarding", as login: String = "lin") async throws -> RecordID {
        try #require(try await perform(.start(workflow: key, record: record), as: login).run)
    }

    func detail(_ run: RecordID, as login: String = "lin") async throws -> WorkflowRunDetail {
        try await house.kernel.answer(WorkflowRunOf(run), as: try await house.actor(login))
    }

    func mine(_ login: String) async throws -> [WorkflowTaskView] {
        try await house.kernel.answer(MyWorkflowTasks(), as: try await house.actor(login))
    }

    /// The open task at a node.
    func open(_ node: String, in run: RecordID) async throws -> WorkflowTaskView {
        try #require(try await detail(run).run.open.first { $0.node == node }, "nothing is open at \(node)")
    }

    /// Names of the nodes where something is open.
    func places(_ run: RecordID) async throws -> [String] { try await detail(run).run.open.map(\.node).sorted() }

    func complete(_ node: String, in run: RecordID, as login: String, _ done: WorkflowDone = WorkflowDone())
        async throws
    {
        try await perform(.complete(task: try await open(node, in: run).id, done), as: login)
    }

    func notices(_ login: String) async throws -> [String] {
        try await house.kernel.answer(MyNotices(limit: 50), as: try await house.actor(login)).filter {
            $0.kind == "workflow"
        }.map(\.text)
    }

    func kinds() async throws -> [String] {
        try await house.kernel.answer(
            TimelineOf(object: "company", id: company, limit: 200), as: try await house.actor("lin")
        ).map(\.kind).filter { $0.hasPrefix("workflow:") }.reversed()
    }
}

/// Processes as other programs draw them.
enum WorkflowFiles {
    /// Taking a customer on: checked by the owner; a large one by finance and quality side by side.
    static let onboarding = file(
        """
          <bpmn:process id="onboarding" name="客户准入" isExecutable="true">
            <bpmn:laneSet id="ls">
              <bpmn:lane id="lane_sales" name="负责人"><bpmn:flowNodeRef>check</bpmn:flowNodeRef><bpmn:flowNodeRef>simple</bpmn:flowNodeRef></bpmn:lane>
              <bpmn:lane id="finance" name="Finance"><bpmn:flowNodeRef>credit</bpmn:flowNodeRef></bpmn:lane>
              <bpmn:lane id="lane_qc" name="QC"><bpmn:flowNodeRef>visit</bpmn:flowNodeRef></bpmn:lane>
              <bpmn:lane id="sales_manager" name="Boss"><bpmn:flowNodeRef>remind</bpmn:flowNodeRef></bpmn:lane>
            </bpmn:laneSet>
            <bpmn:startEvent id="start"/><bpmn:sequenceFlow id="f0" sourceRef="start" targetRef="check"/>
            <bpmn:userTask id="check" name="核对资料"/><bpmn:sequenceFlow id="f1" sourceRef="check" targetRef="size"/>
            <bpmn:exclusiveGateway id="size" default="small"/>
            <bpmn:sequenceFlow id="large" sourceRef="size" targetRef="fork"><bpmn:conditionExpression>${grade == "A"}</bpmn:conditionExpression></bpmn:sequenceFlow>
            <bpmn:sequenceFlow id="small" sourceRef="size" targetRef="simple"/>
            <bpmn:userTask id="simple" name="简单登记"/><bpmn:sequenceFlow id="f2" sourceRef="simple" targetRef="end"/>
            <bpmn:parallelGateway id="fork"/>
            <bpmn:sequenceFlow id="f3" sourceRef="fork" targetRef="credit"/><bpmn:sequenceFlow id="f4" sourceRef="fork" targetRef="visit"/>
            <bpmn:userTask id="credit" name="授信"/><bpmn:userTask id="visit" name="验厂"/>
            <bpmn:boundaryEvent id="late" attachedToRef="credit" cancelActivity="false"><bpmn:timerEventDefinition><bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
            <bpmn:sequenceFlow id="f5" sourceRef="late" targetRef="remind"/><bpmn:userTask id="remind" name="催办"/><bpmn:sequenceFlow id="f6" sourceRef="remind" targetRef="end"/>
            <bpmn:sequenceFlow id="f7" sourceRef="credit" targetRef="join"/><bpmn:sequenceFlow id="f8" sourceRef="visit" targetRef="join"/>
            <bpmn:parallelGateway id="join"/><bpmn:sequenceFlow id="f9" sourceRef="join" targetRef="accept"/>
            <bpmn:serviceTask id="accept" name="转为潜客" baton:action="to_prospect"/><bpmn:sequenceFlow id="f10" sourceRef="accept" targetRef="welcome"/>
            <bpmn:serviceTask id="welcome" name="发欢迎信" implementation="https://example.com/welcome"/><bpmn:sequenceFlow id="f11" sourceRef="welcome" targetRef="end"/>
            <bpmn:endEvent id="end"/>
            <bpmn:textAnnotation id="t1"><bpmn:text>2026</bpmn:text></bpmn:textAnnotation>
          </bpmn:process>
        """)

    /// The same after a year: finance has another name, and the limit is three days.
    static let onboardingNext = onboarding.replacing("授信", with: "授信审核").replacing("P2D", with: "P3D")
        .replacing("id=\"late\"", with: "id=\"late\" name=\"n\"")

    /// Each colleague who shares the customer says yes; half of them is enough.
    static let votes = file(
        """
          <bpmn:process id="votes"><bpmn:startEvent id="s"/><bpmn:sequenceFlow id="a" sourceRef="s" targetRef="vote"/>
            <bpmn:userTask id="vote" name="表态"><bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>co_owners</bpmn:loopCardinality><bpmn:completionCondition>nrOfCompletedInstances / nrOfInstances >= 0.5</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>
            <bpmn:sequenceFlow id="b" sourceRef="vote" targetRef="e"/><bpmn:endEvent id="e"/>
          </bpmn:process>
        """)

    /// The grade is asked for and must be there; a website may be; a field of another program is left alone.
    static let form = file(
        """
          <bpmn:process id="grading" name="评级"><bpmn:laneSet id="ls"><bpmn:lane id="l1" name="owner"><bpmn:flowNodeRef>rate</bpmn:flowNodeRef><bpmn:flowNodeRef>free</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
            <bpmn:startEvent id="s"/><bpmn:sequenceFlow id="a" sourceRef="s" targetRef="rate"/>
            <bpmn:userTask id="rate" name="评等级"><bpmn:extensionElements><baton:formData>
              <baton:formField id="grade" label="给几级" type="string"><baton:validation><baton:constraint name="required"/></baton:validation></baton:formField>
              <baton:formField id="website"/><baton:formField id="moon_phase" label="月相"/><baton:formField id="ltv"/>
            </baton:formData></bpmn:extensionElements></bpmn:userTask>
            <bpmn:sequenceFlow id="b" sourceRef="rate" targetRef="free"/>
            <bpmn:userTask id="free" name="随意"/><bpmn:sequenceFlow id="c" sourceRef="free" targetRef="e"/><bpmn:endEvent id="e"/>
          </bpmn:process>
        """)

    /// Something nobody can run: a message, a script, a field and an action that are not there, a lane of nobody.
    static let broken = file(
        """
          <bpmn:process id="broken"><bpmn:laneSet id="ls"><bpmn:lane id="l1" name="Martians"><bpmn:flowNodeRef>u</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
            <bpmn:startEvent id="s"/><bpmn:sequenceFlow id="a" sourceRef="s" targetRef="u"/><bpmn:userTask id="u"/>
            <bpmn:sequenceFlow id="b" sourceRef="u" targetRef="g"/><bpmn:exclusiveGateway id="g" default="d"/>
            <bpmn:sequenceFlow id="c" sourceRef="g" targetRef="x"><bpmn:conditionExpression>turnover_on_mars > 3</bpmn:conditionExpression></bpmn:sequenceFlow>
            <bpmn:sequenceFlow id="d" sourceRef="g" targetRef="e"/>
            <bpmn:serviceTask id="x" baton:action="fly"/><bpmn:sequenceFlow id="f" sourceRef="x" targetRef="e"/><bpmn:endEvent id="e"/>
            <bpmn:scriptTask id="script"/>
          </bpmn:process>
        """)

    private static func file(_ process: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:baton="urn:baton" id="d" targetNamespace="x">
        \(process)
        </bpmn:definitions>

        """
    }
}
