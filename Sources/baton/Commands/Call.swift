import ArgumentParser
import Foundation
import Kernel
import Web

struct Call: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Asks the API without a server: baton call GET /api/v1/company --as admin")

    @OptionGroup var options: DatabaseOptions
    @Option(name: .customLong("as"), help: "Login of the account to act as.") var login = "owner"
    @Argument(help: "GET, POST, PATCH or DELETE.") var method: String
    @Argument(help: "Path with its query.") var path: String
    @Argument(help: "Body, one JSON value.") var body: String?
    @Option(help: "Version expected by a PATCH.") var ifMatch: String?

    func run() async throws {
        let house = try await House.open(try options.settings())
        let token = try await house.kernel.localToken(for: login)
        var headers = ["host": "localhost", "authorization": "Bearer " + token, "content-type": "application/json"]
        headers["if-match"] = ifMatch
        let parts = path.split(separator: "?", maxSplits: 1)
        guard let query = PercentCode.form(parts.count == 2 ? parts[1] : "") else {
            throw ValidationError("The query can't be read.")
        }
        let exchange = Exchange(
            method: method.uppercased(), path: parts[0].split(separator: "/").map(String.init), query: query,
            headers: headers, body: Array((body ?? "").utf8), source: "local", id: "call")
        let reply = try await house.site().respond(to: exchange)
        await house.close()
        FileHandle.standardOutput.write(Data(reply.bytes + [0x0A]))
        if reply.status >= 400 { throw ExitCode(2) }
    }
}
