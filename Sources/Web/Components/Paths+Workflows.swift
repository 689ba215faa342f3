extension Paths {
    static let workflows = "/settings/workflows"
    static let bringWorkflow = "/settings/workflows/bring"
    static let startWorkflow = "/workflows/start"

    static func workflow(_ key: String) -> String { workflows + "/" + key }
    static func workflow(_ key: String, _ verb: String) -> String { workflow(key) + "/" + verb }
    /// Where each node of a version's runs goes is chosen, tried and done.
    static func migration(_ key: String, from version: String) -> String {
        workflow(key, "migrate") + "?from=" + encoded(version)
    }
    static func workflowRun(_ id: String) -> String { "/workflows/" + id }
    /// The page of a run with the form of one task open.
    static func workflowTask(_ run: String, open task: String) -> String {
        workflowRun(run) + "?task=" + task + "#task-" + task
    }
    /// Where what is done with a task is posted to: `take`, `put-back`, `complete`, `give-back`.
    static func workflowTask(_ run: String, _ task: String, _ verb: String) -> String {
        workflowRun(run) + "/tasks/" + task + "/" + verb
    }
}
