import ArgumentParser
import Definitions
import Delivery
import Kernel
import ServiceLifecycle
import Web

/// Carries mail and webhooks out of the house.
struct Delivering: Service {
    let worker: DeliveryWorker

    func run() async throws {
        for await _ in AsyncTimer(every: .seconds(2)).cancelOnGracefulShutdown() { await worker.step() }
    }
}

extension House {
    /// What carries messages out, as the settings say.
    func delivery() throws -> DeliveryWorker {
        var delivery = DeliverySettings()
        delivery.mailServer = settings["mail_server"].isEmpty ? nil : settings["mail_server"]
        delivery.mailUser = settings["mail_user"]
        delivery.mailPassword = settings["mail_password"]
        guard let protection = DeliverySettings.Protection(rawValue: settings["mail_protection"]) else {
            throw ValidationError("mail_protection is required or none.")
        }
        delivery.mailProtection = protection
        delivery.mailAuthorities = settings["mail_ca"].isEmpty ? nil : settings["mail_ca"]
        delivery.sender = settings["mail_from"]
        if delivery.mailServer != nil, MailAddress(delivery.sender) == nil {
            throw ValidationError("mail_from needs an address such as baton@example.com.")
        }
        guard let timeout = Int(settings["delivery_timeout"]), (1...300).contains(timeout) else {
            throw ValidationError("delivery_timeout is a number of seconds, 1 to 300.")
        }
        delivery.timeout = timeout
        delivery.hookSecret = settings["webhook_secret"]
        delivery.allowsPrivateHooks = settings.flag("webhook_private")
        var address = settings["public_url"]
        while address.hasSuffix("/") { address.removeLast() }
        return DeliveryWorker(kernel: kernel, settings: delivery, address: address, logger: logger)
    }
}

extension DeliveryWorker {
    /// What the page of the mail account may ask for.
    var office: MailOffice {
        MailOffice(fixed: fixedAccount) { [self] to, subject, text in
            let (outcome, said) = await test(to: to, subject: subject, text: text)
            switch outcome {
            case .delivered:
                return MailOffice.Trial(isDelivered: true, reason: Label(zh: "", en: ""), said: said)
            case .failed(let reason), .refused(let reason):
                return MailOffice.Trial(
                    isDelivered: false, reason: Label(zh: reason.zh, en: reason.en), said: said)
            }
        }
    }
}

struct Outgoing: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "Shows what waits to leave the house and what was given up.")

    @OptionGroup var options: DatabaseOptions
    @Option(help: "Try this one again.") var retry: Int?

    func run() async throws {
        let house = try await House.open(try options.settings())
        if let retry {
            do {
                _ = try await house.kernel.perform(Command(.deliveries(.again(retry))), as: .system("deliveries"))
                print("会再送一次 / It will be tried again")
            } catch let refusal as Rejection where refusal.kind == .missing {
                print("没有这条 / There is no such delivery")
            }
        } else {
            let state = try await house.kernel.answer(Deliveries(), as: .system("deliveries"))
            print("待送 waiting \(state.waiting), 已放弃 given up \(state.deadCount), 最久 late \(state.lateSeconds) s")
            for channel in try await house.kernel.answer(DeliveryChannels(), as: .system("deliveries")) {
                let error = channel.error.map { ", 最近的失败 last failure: " + $0 } ?? ""
                print("\(channel.id)  待送 waiting \(channel.waiting), 已放弃 given up \(channel.dead)\(error)")
            }
            for dead in state.dead {
                print("\(dead.id)  \(dead.endedAt)  \(dead.channel)  \(dead.key)  ×\(dead.attempts)  \(dead.error)")
            }
        }
        await house.close()
    }
}
