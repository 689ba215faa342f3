import Foundation
import Glibc

/// One keep-alive connection to this machine over a plain socket: the same small client for every route measured.
final class LoopbackClient {
    private let socket: Int32
    private var buffer: [UInt8] = []

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    init(port: Int) throws {
        let made = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard made >= 0 else { throw Failure(description: "no socket") }
        var address = Self.loopback(port: port)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(made, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else {
            close(made)
            throw Failure(description: "nobody listens on port \(port)")
        }
        var on: Int32 = 1
        setsockopt(made, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        socket = made
    }

    deinit { close(socket) }

    /// Asks for a path and reads the whole answer.
    ///
    /// - Returns: status and number of bytes of the body.
    func get(_ path: String, token: String? = nil, cookie: String? = nil) throws -> (status: Int, bytes: Int) {
        var request = "GET \(path) HTTP/1.1\r\nHost: localhost\r\n"
        if let token { request += "Authorization: Bearer \(token)\r\n" }
        if let cookie { request += "Cookie: \(cookie)\r\n" }
        try send(Array((request + "\r\n").utf8))
        return try answer()
    }

    /// A port of this machine that is free now.
    static func freePort() throws -> Int {
        let made = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(made) }
        var address = loopback(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                bind(made, plain, size) == 0 ? getsockname(made, plain, &size) : -1
            }
        }
        guard made >= 0, code == 0 else { throw Failure(description: "no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(description: "the server hung up") }
            sent += count
        }
    }

    private func answer() throws -> (status: Int, bytes: Int) {
        buffer.removeAll(keepingCapacity: true)
        var end: Int?
        while end == nil {
            try receive()
            end = Self.headEnd(buffer)
        }
        let head = String(decoding: buffer[..<(end ?? 0)], as: UTF8.self)
        let status = Int(head.dropFirst(9).prefix(3)) ?? 0
        var length: Int?
        for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix("content-length:") {
            length = Int(line.dropFirst(15).trimmingCharacters(in: .whitespaces))
        }
        let body = (end ?? 0) + 4
        if let length {
            while buffer.count < body + length { try receive() }
            return (status, length)
        }
        guard status != 204, status != 304 else { return (status, 0) }
        let last = Array("0\r\n\r\n".utf8)
        while !buffer.suffix(5).elementsEqual(last) { try receive() }
        return (status, buffer.count - body)
    }

    private func receive() throws {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = chunk.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { throw Failure(description: "the server hung up") }
        buffer += chunk[..<count]
    }

    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for index in 0...(bytes.count - 4)
        where bytes[index] == 13 && bytes[index + 1] == 10 && bytes[index + 2] == 13 && bytes[index + 3] == 10 {
            return index
        }
        return nil
    }
}
