import Store
import Synchronization
import Values

/// Secrets being tried at this moment, by account and place: many at once are not more guesses than the count allows.
final class Guesses: Sendable {
    struct Place: Sendable, Hashable {
        /// Canonical login.
        let login: String
        /// Network address of a sign-in; `session:…` for who is signed in already.
        let source: String

        /// All accounts from there.
        var anybody: Place { Place(login: "", source: source) }
    }

    private let open = Mutex<[Place: Int]>([:])
    private let tries = Mutex(SecretTries())

    /// What became of them since the start.
    var tally: SecretTries { tries.withLock { $0 } }

    func note(_ outcome: WritableKeyPath<SecretTries, Int>) { tries.withLock { $0[keyPath: outcome] += 1 } }

    /// - Returns: how many are tried there now, this one included.
    func enter(_ place: Place) -> Int {
        open.withLock { open in
            open[place, default: 0] += 1
            return open[place] ?? 1
        }
    }

    func leave(_ place: Place) {
        open.withLock { open in
            let left = (open[place] ?? 1) - 1
            open[place] = left > 0 ? left : nil
        }
    }
}

/// Passwords and time codes that were tried since the start of this process.
package struct SecretTries: Sendable, Hashable {
    package var right = 0
    package var wrong = 0
    /// Refused without a look, because too many had been wrong there.
    package var locked = 0
}

extension Kernel {
    /// What became of the passwords and time codes that were tried.
    package var secretTries: SecretTries { guesses.tally }

    /// Tries that cost nothing; after them each failure locks the place for a while.
    private static let freeTries = 5
    /// A count begins anew after as many seconds.
    static let guessWindow = 900
    /// Failures from one address in a window, over all accounts.
    private static let mostFromAddress = 200
    /// Tries from one address at the same time: half of what may wait for a hash, so that it can't keep others out.
    private static let mostAtOnce = 32

    /// Lets somebody try a secret of an account; what `body` refuses as `wrong_credentials` is counted.
    ///
    /// Locked is the pair of account and place, so that whoever guesses elsewhere locks nobody out.
    ///
    /// - Throws: the rejection `too_many_attempts` while the place is locked, or what `body` throws.
    func guessing<R: Sendable>(at place: Guesses.Place, _ body: () async throws -> R) async throws -> R {
        let now = surroundings.now()
        let atOnce = guesses.enter(place)
        defer { guesses.leave(place) }
        let fromThere = guesses.enter(place.anybody)
        defer { guesses.leave(place.anybody) }
        guard fromThere <= Self.mostAtOnce else { throw Rejection.locked(until: now.adding(seconds: 1), now: now) }
        let oldest = now.adding(seconds: -Self.guessWindow)
        let (standing, fromAddress) = try await database.read { connection in
            let failures = LoginFailures(connection)
            return (
                try failures.standing(login: place.login, address: place.source),
                try failures.failures(from: place.source, since: oldest)
            )
        }
        if let until = standing.lockedUntil, until > now {
            guesses.note(\.locked)
            throw Rejection.locked(until: until, now: now)
        }
        if fromAddress > Self.mostFromAddress {
            guesses.note(\.locked)
            throw Rejection.locked(until: now.adding(seconds: 60), now: now)
        }
        let failed = standing.firstAt.map { $0 >= oldest } ?? false ? standing.failures : 0
        guard atOnce <= max(Self.freeTries - failed, 1) else {
            throw Rejection.locked(until: now.adding(seconds: 1), now: now)
        }
        do {
            let result = try await body()
            guesses.note(\.right)
            return result
        } catch let rejection as Rejection where rejection == .wrongCredentials {
            guesses.note(\.wrong)
            try await countFailure(at: place, failed + 1, now)
            throw rejection
        }
    }

    private func countFailure(at place: Guesses.Place, _ failures: Int, _ now: Instant) async throws {
        // Five free tries, then waits that double: 30 s, 1 min, … up to 15 min.
        let wait = failures < Self.freeTries ? 0 : min(30 << min(failures - Self.freeTries, 5), 900)
        try await database.write { connection in
            try LoginFailures(connection).record(
                login: place.login, address: place.source, at: now, windowSeconds: Self.guessWindow,
                lockedUntil: wait == 0 ? nil : now.adding(seconds: wait))
        }
    }

    /// Whether the password belongs to the hash.
    ///
    /// - Throws: the rejection `too_many_attempts` when too many wait for the machine.
    func isRight(_ password: String, _ hash: String?) async throws -> Bool {
        do {
            return try await passwords.verify(password, against: hash)
        } catch PasswordWorker.Failure.busy {
            throw Self.busy(surroundings.now())
        }
    }

    /// The hash of a new password.
    ///
    /// - Throws: the rejection `too_many_attempts` when too many wait for the machine.
    func hashed(_ password: String) async throws -> String {
        do {
            return try await passwords.hash(password)
        } catch PasswordWorker.Failure.busy {
            throw Self.busy(surroundings.now())
        }
    }

    private static func busy(_ now: Instant) -> Rejection { .locked(until: now.adding(seconds: 5), now: now) }
}
