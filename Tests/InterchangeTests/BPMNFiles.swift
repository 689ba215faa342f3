/// Processes as different modellers write them.
enum BPMNFiles {
    static let all = [camunda, signavio, plain, zeebe, strange]

    /// Camunda Modeler: default prefix `bpmn`, vendor attributes, JUEL conditions, a drawing.
    static let camunda = """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:modeler="http://camunda.org/schema/modeler/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn" exporter="Camunda Modeler" exporterVersion="5.1.0" modeler:executionPlatform="Camunda Platform">
          <!-- 报价审批 -->
          <bpmn:process id="quote" name="报价审批" isExecutable="true" camunda:historyTimeToLive="180">
            <bpmn:documentation>审批 &amp; 发送</bpmn:documentation>
            <bpmn:extensionElements><camunda:properties><camunda:property name="sla" value="4h" /></camunda:properties></bpmn:extensionElements>
            <bpmn:startEvent id="start" name="提交"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
            <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="calc" />
            <bpmn:userTask id="calc" name="核价" camunda:assignee="${initiator}" camunda:formKey="embedded:x.html">
              <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
            </bpmn:userTask>
            <bpmn:sequenceFlow id="f2" sourceRef="calc" targetRef="big" />
            <bpmn:exclusiveGateway id="big" name="大单？" default="f4"><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing><bpmn:outgoing>f4</bpmn:outgoing></bpmn:exclusiveGateway>
            <bpmn:sequenceFlow id="f3" name="是" sourceRef="big" targetRef="approve">
              <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression"><![CDATA[${amount > 100000 && margin < 15}]]></bpmn:conditionExpression>
            </bpmn:sequenceFlow>
            <bpmn:sequenceFlow id="f4" sourceRef="big" targetRef="send" />
            <bpmn:userTask id="approve" name="会签">
              <bpmn:incoming>f3</bpmn:incoming><bpmn:outgoing>f5</bpmn:outgoing>
              <bpmn:multiInstanceLoopCharacteristics camunda:collection="approvers" camunda:elementVariable="who">
                <bpmn:completionCondition xsi:type="bpmn:tFormalExpression">${nrOfCompletedInstances/nrOfInstances >= 0.5}</bpmn:completionCondition>
              </bpmn:multiInstanceLoopCharacteristics>
            </bpmn:userTask>
            <bpmn:sequenceFlow id="f5" sourceRef="approve" targetRef="send" />
            <bpmn:boundaryEvent id="late" cancelActivity="false" attachedToRef="approve"><bpmn:outgoing>f6</bpmn:outgoing>
              <bpmn:timerEventDefinition id="t1"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT4H</bpmn:timeDuration></bpmn:timerEventDefinition>
            </bpmn:boundaryEvent>
            <bpmn:sequenceFlow id="f6" sourceRef="late" targetRef="remind" />
            <bpmn:serviceTask id="remind" name="提醒" camunda:type="external" camunda:topic="remind"><bpmn:outgoing>f7</bpmn:outgoing></bpmn:serviceTask>
            <bpmn:sequenceFlow id="f7" sourceRef="remind" targetRef="reminded" />
            <bpmn:endEvent id="reminded" />
            <bpmn:serviceTask id="send" name="发送" camunda:delegateExpression="${mailer}"><bpmn:outgoing>f8</bpmn:outgoing></bpmn:serviceTask>
            <bpmn:sequenceFlow id="f8" sourceRef="send" targetRef="end" />
            <bpmn:endEvent id="end" />
            <bpmn:textAnnotation id="note"><bpmn:text>按 2026 年规则</bpmn:text></bpmn:textAnnotation>
          </bpmn:process>
          <bpmndi:BPMNDiagram id="BPMNDiagram_1"><bpmndi:BPMNPlane id="BPMNPlane_1" bpmnElement="quote"><bpmndi:BPMNShape id="s1" bpmnElement="start"><dc:Bounds x="179" y="99" width="36" height="36" /></bpmndi:BPMNShape><bpmndi:BPMNEdge id="e1" bpmnElement="f1"><di:waypoint x="215" y="117" /><di:waypoint x="270" y="117" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
        </bpmn:definitions>
        """

    /// In the manner of Signavio: default namespace, lanes inside a pool, extension elements everywhere, odd quotes.
    static let signavio = """
        <?xml version='1.0' encoding='UTF-8' standalone='yes'?>
        <definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:signavio='http://www.signavio.com' xmlns:omgdi='http://www.omg.org/spec/DD/20100524/DI' expressionLanguage='http://www.w3.org/1999/XPath' id='sid-1' targetNamespace='http://www.signavio.com'>
           <collaboration id='sid-c'><extensionElements/><participant id='sid-p' name='出口部' processRef='sid-proc'/></collaboration>
           <process id='sid-proc' isClosed='false' processType='None'>
              <laneSet id='sid-ls'>
                 <lane id='sid-sales' name='Sales'><extensionElements><signavio:signavioMetaData metaKey='bgcolor' metaValue=''/></extensionElements><flowNodeRef>sid-s</flowNodeRef><flowNodeRef>sid-q</flowNodeRef></lane>
                 <lane id='sid-ops' name='Operations'>
                    <childLaneSet id='sid-cls'><lane id='sid-qc' name='QC'><flowNodeRef>sid-inspect</flowNodeRef></lane></childLaneSet>
                    <flowNodeRef>sid-fork</flowNodeRef>
                 </lane>
              </laneSet>
              <startEvent id='sid-s' name=''><extensionElements><signavio:signavioMetaData metaKey='bgcolor' metaValue='#ffffff'/></extensionElements><outgoing>a</outgoing></startEvent>
              <task completionQuantity='1' id='sid-q' isForCompensation='false' name='Quote' startQuantity='1'><incoming>a</incoming><outgoing>b</outgoing></task>
              <parallelGateway gatewayDirection='Diverging' id='sid-fork'><incoming>b</incoming><outgoing>c</outgoing><outgoing>d</outgoing></parallelGateway>
              <userTask id='sid-inspect' implementation='webService' name='Inspect&#10;goods'><incoming>c</incoming><outgoing>e</outgoing></userTask>
              <userTask id='sid-book' name='Book'><incoming>d</incoming><outgoing>f</outgoing></userTask>
              <parallelGateway gatewayDirection='Converging' id='sid-join'><incoming>e</incoming><incoming>f</incoming><outgoing>g</outgoing></parallelGateway>
              <endEvent id='sid-e'><incoming>g</incoming></endEvent>
              <sequenceFlow id='a' sourceRef='sid-s' targetRef='sid-q'/><sequenceFlow id='b' sourceRef='sid-q' targetRef='sid-fork'/>
              <sequenceFlow id='c' sourceRef='sid-fork' targetRef='sid-inspect'/><sequenceFlow id='d' sourceRef='sid-fork' targetRef='sid-book'/>
              <sequenceFlow id='e' sourceRef='sid-inspect' targetRef='sid-join'/><sequenceFlow id='f' sourceRef='sid-book' targetRef='sid-join'/>
              <sequenceFlow id='g' sourceRef='sid-join' targetRef='sid-e'/>
              <dataObject id='sid-d' isCollection='false' name='PL'/>
           </process>
        </definitions>
        """

    /// bpmn.io without a vendor: prefix `bpmn2`, a sub-process, an inclusive gateway, a sequential repetition.
    static let plain = """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn2:definitions xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bpmn2="http://www.omg.org/spec/BPMN/20100524/MODEL" xsi:schemaLocation="http://www.omg.org/spec/BPMN/20100524/MODEL BPMN20.xsd" id="sample" targetNamespace="http://bpmn.io/schema/bpmn">
          <bpmn2:process id="docs" isExecutable="false">
            <bpmn2:startEvent id="s" /><bpmn2:sequenceFlow id="f0" sourceRef="s" targetRef="inc" />
            <bpmn2:inclusiveGateway id="inc" default="f2" />
            <bpmn2:sequenceFlow id="f1" sourceRef="inc" targetRef="sub"><bpmn2:conditionExpression xsi:type="bpmn2:tFormalExpression" language="feel">needs_lc = true</bpmn2:conditionExpression></bpmn2:sequenceFlow>
            <bpmn2:sequenceFlow id="f2" sourceRef="inc" targetRef="pl" />
            <bpmn2:subProcess id="sub" name="L/C"><bpmn2:startEvent id="s2" /><bpmn2:sequenceFlow id="g1" sourceRef="s2" targetRef="check" /><bpmn2:userTask id="check"><bpmn2:multiInstanceLoopCharacteristics isSequential="true"><bpmn2:loopCardinality>3</bpmn2:loopCardinality></bpmn2:multiInstanceLoopCharacteristics></bpmn2:userTask><bpmn2:sequenceFlow id="g2" sourceRef="check" targetRef="e2" /><bpmn2:endEvent id="e2" /></bpmn2:subProcess>
            <bpmn2:boundaryEvent id="overdue" attachedToRef="sub"><bpmn2:timerEventDefinition><bpmn2:timeDuration>P1DT12H</bpmn2:timeDuration></bpmn2:timerEventDefinition></bpmn2:boundaryEvent>
            <bpmn2:sequenceFlow id="f7" sourceRef="overdue" targetRef="boss" /><bpmn2:userTask id="boss" /><bpmn2:sequenceFlow id="f8" sourceRef="boss" targetRef="e" />
            <bpmn2:userTask id="pl" /><bpmn2:sequenceFlow id="f3" sourceRef="sub" targetRef="join" /><bpmn2:sequenceFlow id="f4" sourceRef="pl" targetRef="join" />
            <bpmn2:inclusiveGateway id="join" /><bpmn2:sequenceFlow id="f5" sourceRef="join" targetRef="e" /><bpmn2:endEvent id="e" />
          </bpmn2:process>
        </bpmn2:definitions>
        """

    /// Camunda 8: expressions behind `=`, repetition in extension elements.
    static let zeebe = """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="x">
          <bpmn:process id="p" isExecutable="true">
            <bpmn:startEvent id="s" /><bpmn:sequenceFlow id="a" sourceRef="s" targetRef="u" />
            <bpmn:userTask id="u"><bpmn:extensionElements><zeebe:assignmentDefinition assignee="=owner" /></bpmn:extensionElements><bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=suppliers" inputElement="supplier" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>
            <bpmn:boundaryEvent id="t" attachedToRef="u"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">="PT30M"</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
            <bpmn:sequenceFlow id="b" sourceRef="t" targetRef="g" /><bpmn:sequenceFlow id="c" sourceRef="u" targetRef="g" />
            <bpmn:exclusiveGateway id="g" default="e1" /><bpmn:sequenceFlow id="e1" sourceRef="g" targetRef="e" />
            <bpmn:sequenceFlow id="e2" sourceRef="g" targetRef="u"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=answers = 0</bpmn:conditionExpression></bpmn:sequenceFlow>
            <bpmn:endEvent id="e" />
          </bpmn:process>
        </bpmn:definitions>
        """

    /// Much that is not executed.
    static let strange = """
        <b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:v="urn:vendor">
          <b:message id="m1" name="order"/><b:error id="e9"/>
          <b:process id="p"><b:startEvent id="s"><b:messageEventDefinition messageRef="m1"/></b:startEvent>
            <b:scriptTask id="sc" scriptFormat="groovy"><b:script>drop()</b:script></b:scriptTask>
            <b:userTask id="u"><b:standardLoopCharacteristics/></b:userTask>
            <b:boundaryEvent id="be" attachedToRef="u"><b:errorEventDefinition errorRef="e9"/></b:boundaryEvent>
            <b:boundaryEvent id="bt" attachedToRef="u"><b:timerEventDefinition><b:timeCycle>R3/PT1H</b:timeCycle></b:timerEventDefinition></b:boundaryEvent>
            <b:boundaryEvent id="bd" attachedToRef="u"><b:timerEventDefinition><b:timeDuration>soon</b:timeDuration></b:timerEventDefinition></b:boundaryEvent>
            <b:sequenceFlow id="f" sourceRef="s" targetRef="u"><b:conditionExpression>${execution.getVariable("x").foo()}</b:conditionExpression></b:sequenceFlow>
            <b:eventBasedGateway id="eg"/><b:callActivity id="ca"/><b:subProcess id="es" triggeredByEvent="true"><b:userTask id="in"/></b:subProcess>
            <b:endEvent id="t"><b:terminateEventDefinition/></b:endEvent><v:widget id="w"/>
          </b:process>
        </b:definitions>
        """
}
