import Definitions

extension Words {
    /// What happened to the run of a workflow.
    static let workflowEvents: [String: Label] = [
        "workflow:started": Label(zh: "启动流程", en: "started a workflow"),
        "workflow:opened": Label(zh: "流程任务待办", en: "a task of a workflow is open"),
        "workflow:taken": Label(zh: "领取流程任务", en: "took a task"),
        "workflow:put_back": Label(zh: "放回流程任务", en: "put a task back"),
        "workflow:completed": Label(zh: "完成流程任务", en: "completed a task"),
        "workflow:given_back": Label(zh: "退回流程任务", en: "gave a task back"),
        "workflow:withdrawn": Label(zh: "流程任务撤回", en: "a task was withdrawn"),
        "workflow:timer": Label(zh: "流程时限到", en: "a time limit of a workflow came"),
        "workflow:stuck": Label(zh: "流程在汇合处等不到", en: "a workflow waits at a join"),
        "workflow:failed": Label(zh: "流程步骤没有做成", en: "a step of a workflow failed"),
        "workflow:migrated": Label(zh: "流程换版本", en: "a workflow went to another version"),
        "workflow:cancelled": Label(zh: "取消流程", en: "cancelled a workflow"),
        "workflow:done": Label(zh: "流程走完", en: "a workflow is done"),
    ]
}
