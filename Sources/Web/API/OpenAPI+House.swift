import Values

/// What the API offers beside the records of the definitions.
struct HouseOperation {
    enum Body {
        case none
        /// Member → whether it must be there.
        case members([(String, required: Bool)])
        case file
    }

    let path: String
    let method: String
    let id: String
    let summary: String
    var queries: [String] = []
    var body = Body.none
    var success = "200"
    var isOpen = false

    /// Path parameters, from the path itself.
    var places: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().prefix { $0 != "}" }) }
    }

    static let all: [HouseOperation] =
        sessions + account + house + relay + workflows + imports + approvals
        + handOvers

    private static let sessions = [
        HouseOperation(
            path: "/session", method: "post", id: "signIn", summary: "Signs in and gives a token",
            body: .members([("login", true), ("password", true), ("code", false)]), isOpen: true),
        HouseOperation(path: "/session", method: "delete", id: "signOut", summary: "Signs out", success: "204"),
        HouseOperation(
            path: "/owner", method: "post", id: "createOwner", summary: "The first account of an empty house",
            body: .members([("login", true), ("name", true), ("password", true)]), isOpen: true),
    ]

    private static let account = [
        HouseOperation(path: "/me", method: "get", id: "me", summary: "Who one is and what one may do"),
        HouseOperation(
            path: "/me/password", method: "post", id: "changePassword", summary: "Changes one's own password",
            body: .members([("old", true), ("new", true)]), success: "204"),
        HouseOperation(path: "/me/tokens", method: "get", id: "listTokens", summary: "One's own tokens"),
        HouseOperation(
            path: "/me/tokens", method: "post", id: "makeToken", summary: "Makes a token for a program",
            body: .members([("name", true), ("days", false)])),
        HouseOperation(
            path: "/me/tokens/{id}", method: "delete", id: "revokeToken", summary: "Ends a token", success: "204"),
        HouseOperation(
            path: "/me/time-code", method: "post", id: "timeCode", summary: "Turns time codes on or off",
            body: .members([("code", false), ("password", false)])),
        HouseOperation(
            path: "/user/{id}/password", method: "post", id: "setPassword",
            summary: "Sets another's password, with the privilege users", body: .members([("password", true)]),
            success: "204"),
    ]

    private static let house = [
        HouseOperation(
            path: "/query", method: "post", id: "query", summary: "Grouped figures",
            body: .members([
                ("object", true), ("filter", false), ("group", false), ("measures", false), ("limit", false),
            ])),
        HouseOperation(
            path: "/search", method: "get", id: "search", summary: "Searches across objects", queries: ["q", "limit"]),
        HouseOperation(
            path: "/events", method: "get", id: "events", summary: "What happened after a number",
            queries: ["after", "limit", "object"]),
        HouseOperation(
            path: "/rule-runs", method: "get", id: "ruleRuns", summary: "What rules did and could not do",
            queries: ["object", "record", "result", "limit"]),
        HouseOperation(
            path: "/rule-runs/{id}/replay", method: "post", id: "replayRule",
            summary: "Does again what failed or was left out, with the privilege define"),
        HouseOperation(
            path: "/definitions", method: "get", id: "definitions", summary: "The objects that are defined"),
        HouseOperation(
            path: "/definitions", method: "post", id: "define",
            summary: "Changes the definitions, with the privilege define",
            body: .members([("changes", true), ("dry_run", false)])),
        HouseOperation(
            path: "/definitions/{object}", method: "get", id: "definition", summary: "One object as it is defined"),
    ]

    private static let approvals = [
        HouseOperation(
            path: "/approvals", method: "get", id: "listApprovals", summary: "Approvals in which one has a part",
            queries: ["box", "limit"]),
        HouseOperation(path: "/approvals/{id}", method: "get", id: "showApproval", summary: "One approval"),
        HouseOperation(
            path: "/approvals/{key}/levels", method: "get", id: "levelsOf",
            summary: "The level table of an approval and gaps of the limits"),
        HouseOperation(
            path: "/approvals/{key}/levels.dmn", method: "get", id: "levelFile",
            summary: "The limits, or a level table, as DMN", queries: ["version"]),
        HouseOperation(
            path: "/approvals/{key}/levels.dmn", method: "post", id: "bringInLevels",
            summary: "A DMN file as the level table", queries: ["dry_run"], body: .members([("file", true)])),
        HouseOperation(
            path: "/approvals/{key}/levels.dmn", method: "delete", id: "takeOutLevels",
            summary: "No level table any more"),
        HouseOperation(
            path: "/approvals/{id}/{verb}", method: "post", id: "decideApproval", summary: "One step with an approval",
            queries: ["dry_run"],
            body: .members([
                ("note", false), ("people", false), ("to", false), ("afterwards", false), ("position", false),
                ("mode", false), ("task", false), ("version", false),
            ])),
    ]

    private static let relay =
        [
            HouseOperation(
                path: "/relay", method: "get", id: "myLegs", summary: "The batons in one's own hands, most urgent first"
            ),
            HouseOperation(
                path: "/relay/{object}", method: "get", id: "relayBoard", summary: "The relay board of an object",
                queries: ["slice", "filter", "q", "limit"]),
            HouseOperation(
                path: "/relay/{object}/{id}", method: "get", id: "relayOf",
                summary: "Where one record stands in its relay"
            ),
        ]
        + [
            ("accept", "Takes a baton that was offered", []), ("return", "Gives a baton back", [("reason", true)]),
            ("pause", "Pauses a leg's clock", [("reason", true)]), ("resume", "Resumes a leg's clock", []),
            ("pass", "Passes a baton to a colleague", [("to", true)]),
            ("urge", "Asks the holder to get on with it, once an hour", []),
            ("tick", "Marks a deliverable as done by hand", [("deliverable", true), ("done", false)]),
            ("settle", "Says that an owed item has come", [("item", true)]),
        ].map { (verb: String, summary: String, members: [(String, required: Bool)]) in
            HouseOperation(
                path: "/legs/{id}/" + verb, method: "post", id: verb + "Leg", summary: summary,
                body: .members(members), success: "204")
        }

    private static let imports =
        [
            HouseOperation(
                path: "/import/{object}", method: "post", id: "startImport",
                summary: "Brings in a CSV file or workbook",
                queries: [
                    "name", "dry_run", "on_duplicate", "map", "day_first", "decimal_comma", "sheet", "encoding", "wait",
                ], body: .file, success: "202"),
            HouseOperation(
                path: "/import/batches", method: "get", id: "listImports", summary: "The newest batches",
                queries: ["object", "limit"]),
            HouseOperation(
                path: "/import/batches/{batch}", method: "get", id: "showImport", summary: "How far a batch is"),
            HouseOperation(
                path: "/import/batches/{batch}/flagged", method: "get", id: "flaggedRows",
                summary: "The rows that were not brought in, with their reasons", queries: ["format", "language"]),
        ]
        + [
            ("run", "Brings in what was only checked"), ("cancel", "Stops a batch"), ("resume", "Goes on with a batch"),
            ("undo", "Takes back what a batch made and changed"),
            ("mend", "Rows put right: a checked batch is checked anew, of one that was brought in they come in anew"),
        ].map { verb, summary in
            HouseOperation(
                path: "/import/batches/{batch}/" + verb, method: "post", id: verb + "Import", summary: summary,
                queries: verb == "run" ? ["on_duplicate"] : [], success: "202")
        }
}

extension OpenAPI {
    /// The house's own paths, each once with all its methods.
    func house(_ writer: inout JSONBuilder) {
        var seen: Set<String> = []
        for first in HouseOperation.all where seen.insert(first.path).inserted {
            writer.key(first.path)
            writer.object { writer in
                for operation in HouseOperation.all where operation.path == first.path {
                    writer.key(operation.method)
                    writer.object { self.operation(operation, &$0) }
                }
            }
        }
    }

    private func operation(_ operation: HouseOperation, _ writer: inout JSONBuilder) {
        writer.field("operationId", operation.id)
        writer.field("summary", operation.summary)
        if operation.isOpen {
            writer.key("security")
            writer.array { _ in }
        }
        parameters(
            operation.places.map { ($0, "path", true) } + operation.queries.map { ($0, "query", false) }, &writer)
        switch operation.body {
        case .none: break
        case .file: requestBody("application/octet-stream", &writer) { $0.field("type", "string") }
        case .members(let members):
            requestBody("application/json", &writer) { writer in
                writer.field("type", "object")
                writer.key("required")
                writer.array { writer in for member in members where member.required { writer.string(member.0) } }
                writer.key("properties")
                writer.object { writer in
                    for member in members {
                        writer.key(member.0)
                        writer.object { _ in }
                    }
                }
            }
        }
        let givesToken = ["signIn", "createOwner", "makeToken"].contains(operation.id)
        responses(success: operation.success, schema: givesToken ? "Pass" : nil, &writer)
    }

    private func requestBody(_ type: String, _ writer: inout JSONBuilder, _ schema: (inout JSONBuilder) -> Void) {
        writer.key("requestBody")
        writer.object { writer in
            writer.key("content")
            writer.object { writer in
                writer.key(type)
                writer.object { writer in
                    writer.key("schema")
                    writer.object { schema(&$0) }
                }
            }
        }
    }
}
