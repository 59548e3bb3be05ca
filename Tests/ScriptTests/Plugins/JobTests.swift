import CRMConcurrency
import CRMModel
import CRMRecords
import Foundation
import TestSupport
import Testing

@testable import CRMAutomation
@testable import CRMPlatform
@testable import CRMStorage

/// A clock that tests move on.
private final class MovedClock: CRMModel.Clock {
    private let moment = Guarded(Instant(milliseconds: 1_795_226_400_000))

    var now: Instant { moment.withLock { $0 } }

    func pass(minutes: Int64) { moment.withLock { $0 = $0.adding(seconds: minutes * 60) } }
}

@Suite("Jobs")
struct JobTests {
    /// A file whose hook works only while there is a deal called `mended`; it makes a person for each deal then.
    private final class Company {
        static let main = """
            crm.on("deal", "after_commit", function(rec)
              if rec.name == "mended" then return end
              if crm.count("deal", "name = ?", {params = {"mended"}}) == 0 then error("no mail server") end
              crm.create("person", {name = rec.name})
            end)
            """
        let folder: ScratchFolder
        let clock = MovedClock()
        let path: String
        let platform: Platform

        init(_ main: String = main) throws {
            folder = try ScratchFolder()
            path = folder.path + "/j.crm"
            var options = PlatformOptions()
            options.clock = clock
            options.language = .en
            platform = try Platform.create(at: path, options: options)
            let files = ScriptCompany.metadata.merging(["main.lua": main]) { $1 }
            try platform.installPlugin(.folder(folder.plugin("demo", files)))
        }

        func open() throws -> Platform {
            var options = PlatformOptions()
            options.clock = clock
            options.language = .en
            return try Platform.open(at: path, options: options)
        }

        func create(_ names: String...) throws {
            try platform.write(as: .administrator, origin: .shell) { session in
                for name in names { _ = try session.create(object("deal"), ["name": name]) }
            }
        }

        func names(_ name: String) throws -> [String] {
            try platform.read(as: .administrator) { session in
                try session.find(Query(object: object(name), sort: [SortKey(field: "id")])).records.map {
                    $0["name"].displayText
                }
            }
        }

        /// Does something to the file behind the platform's back.
        func forge(_ statement: String) throws {
            let store = try SQLiteStore.open(path: path)
            try store.write { connection throws(PlatformError) in try connection.execute(statement) }
            try store.close()
        }
    }

    @Test("a hook that has run is a job that is done, with its key, its principal, its door and its language")
    func done() throws {
        let company = try Company()
        try company.create("mended", "a")
        #expect(try company.names("person") == ["a"])
        let jobs = try company.platform.jobs([.done])
        #expect(jobs.map(\.record.description) == ["deal/2", "deal/1"])
        let job = try #require(jobs.first)
        #expect(job.plugin.rawValue == "demo" && job.hook == "main.lua:1" && job.attempts == 1)
        #expect(job.principal == .administrator && job.origin == .shell && job.language == .en)
        #expect(job.failure == nil && job.createdAt == company.clock.now)
        #expect(Set(jobs.map(\.key)).count == 2)
        #expect(try company.platform.jobCounts() == JobCounts(waiting: 0, done: 2, dead: 0))
    }

    @Test("a save without hooks, and one that is undone, leave no job")
    func none() throws {
        let company = try Company()
        try company.platform.write(as: .administrator, origin: .shell) { session in
            _ = try session.create(object("person"), ["name": "p"])
        }
        try? company.platform.write(as: .administrator, origin: .shell) { session in
            _ = try session.create(object("deal"), ["name": "a"])
            throw PlatformError(.cancelled, Message(custom: LocalizedText("no")))
        }
        #expect(try company.platform.jobs(Set(Job.State.allCases)).isEmpty)
    }

    @Test("a hook that fails is tried again after 1, 5, 30 and 120 minutes, and given up then, with file and line")
    func backOff() throws {
        let company = try Company()
        try company.create("a")
        #expect(try company.platform.takeAfterCommitErrors().count == 1)
        for minutes in [1, 5, 30, 120] as [Int64] {
            company.clock.pass(minutes: minutes - 1)
            #expect(try company.platform.runJobs() == JobRun(), "not before \(minutes) minutes")
            company.clock.pass(minutes: 1)
            let run = try company.platform.runJobs()
            #expect(run.failed + run.dead == 1)
        }
        let job = try #require(try company.platform.jobs([.dead]).first)
        #expect(job.attempts == 5)
        #expect(job.failure?.code == "hook_failed" && job.failure?.plugin?.rawValue == "demo")
        #expect(job.failure?.file == "main.lua" && job.failure?.line == 3)
        #expect(job.failure?.message.text(in: .en).contains("no mail server") == true)
        company.clock.pass(minutes: 10_000)
        #expect(try company.platform.runJobs() == JobRun())
        #expect(try company.platform.takeAfterCommitErrors().count == 4)
    }

    @Test("what was given up is tried again when somebody asks; what it does then and its being done are kept as one")
    func retry() throws {
        let company = try Company()
        try company.create("a", "b")
        try company.create("mended")
        #expect(try company.names("person") == [])
        let ids = try company.platform.jobs([.waiting]).map(\.id)
        #expect(ids.count == 2)
        #expect(try company.platform.retryJobs([ids[1]]).done == 1)
        #expect(try company.names("person") == ["a"])
        let again = #expect(throws: PlatformError.self) { try company.platform.retryJobs([ids[1]]) }
        #expect(again?.code == .conflict)
        let unknown = #expect(throws: PlatformError.self) { try company.platform.retryJobs([99]) }
        #expect(unknown?.code == .notFound)
        company.clock.pass(minutes: 1)
        #expect(try company.platform.runJobs().done == 1)
        #expect(try company.names("person") == ["a", "b"])
    }

    @Test("two who run jobs at once run each once")
    func two() throws {
        let company = try Company()
        let names = (1...40).map { "d\($0)" }
        for name in names { try company.create(name) }
        try company.create("mended")
        company.clock.pass(minutes: 2)
        let other = try company.open()
        let runs = Guarded<[JobRun]>([])
        let threads = [company.platform, other].map { platform in
            let done = DispatchSemaphore(value: 0)
            Thread {
                if let run = try? platform.runJobs() { runs.withLock { $0.append(run) } }
                done.signal()
            }.start()
            return done
        }
        for thread in threads { thread.wait() }
        #expect(runs.withLock { $0.map(\.done).reduce(0, +) } == names.count)
        #expect(Set(try company.names("person")) == Set(names))
        #expect(try company.names("person").count == names.count)
        try other.close()
    }

    @Test("a job that somebody works on is left alone until they are done, gone, or their time is over")
    func lease() throws {
        let company = try Company()
        try company.create("a")
        try company.create("mended")
        company.clock.pass(minutes: 2)
        let until = company.clock.now.adding(seconds: 60).description
        let living = ProcessInfo.processInfo.processIdentifier
        try company.forge("UPDATE crmJob SET lockedUntil='\(until)', lockedBy='\(MachineStart.identity)/\(living)/x'")
        #expect(try company.platform.jobs([.running]).count == 1)
        #expect(try company.platform.runJobs().running == 1)
        #expect(try company.names("person") == [])
        company.clock.pass(minutes: 1)
        #expect(try company.platform.jobs([.running]).isEmpty)
        #expect(try company.platform.runJobs().done == 1)
        #expect(try company.names("person") == ["a"])
    }

    @Test("hooks that set off more and more are stopped, and what is left waits")
    func explosion() throws {
        let company = try Company(
            """
            crm.on("deal", "after_commit", function(rec)
              for _ = 1, 300 do crm.create("person", {name = rec.name}) end
            end)
            crm.on("person", "after_commit", function(rec)
              for _ = 1, 300 do crm.create("deal", {name = rec.name}) end
            end)
            """
        )
        try company.create("a")
        let errors = try company.platform.takeAfterCommitErrors()
        #expect(errors.contains { $0.code == .limitExceeded && $0.text(in: .en).contains("plugin demo") })
        let counts = try company.platform.jobCounts()
        #expect(counts.done < 11_000 && counts.waiting > 0)
    }

    @Test("an interruption stops between two jobs and counts as no try; what is left waits")
    func interruption() throws {
        let company = try Company(
            """
            crm.on("deal", "after_commit", function(rec)
              if rec.name == "stop" then crm.log.warn("now") end
              crm.create("person", {name = rec.name})
            end)
            """
        )
        try company.platform.close()
        var options = PlatformOptions()
        options.clock = company.clock
        options.language = .en
        let opened = Guarded<Platform?>(nil)
        options.log = { _ in opened.withLock { $0 }?.interrupt() }
        let platform = try Platform.open(at: company.path, options: options)
        opened.withLock { $0 = platform }
        try platform.write(as: .administrator, origin: .shell) { session in
            for name in ["a", "stop", "b", "c"] { _ = try session.create(object("deal"), ["name": name]) }
        }
        let errors = try platform.takeAfterCommitErrors()
        #expect(errors.map(\.code) == [.cancelled])
        opened.withLock { $0 = nil }
        let waiting = try platform.jobs([.waiting])
        #expect(waiting.map(\.record.number) == [4, 3, 2])
        #expect(waiting.allSatisfy { $0.attempts == 0 && $0.failure == nil })
        #expect(try platform.runJobs().done == 3)
        let names = try platform.read(as: .administrator) { session in
            try session.find(Query(object: object("person"), sort: [SortKey(field: "id")])).records.map(\.title)
        }
        #expect(names == ["a", "stop", "b", "c"])
        try platform.close()
    }

    @Test("a job that cannot be read is named, keeps nobody from the others, and can be removed")
    func unreadable() throws {
        let company = try Company()
        try company.create("a", "b", "c")
        try company.forge("UPDATE crmJob SET payload='x' WHERE id=2")
        try company.forge("UPDATE crmJob SET attempts=9223372036854775807 WHERE id=3")
        #expect(try company.platform.jobs([.waiting]).map(\.id) == [1])
        #expect(Set(try company.platform.unreadableJobs()) == [2, 3])
        #expect(try company.platform.check().filter { $0.message.text(in: .en).contains("cannot be read") }.count == 2)
        try company.create("mended")
        company.clock.pass(minutes: 2)
        let run = try company.platform.runJobs()
        #expect(run.done == 1 && run.dead == 2)
        try company.platform.forgetJobs([2, 3])
        #expect(try company.platform.unreadableJobs().isEmpty)
        #expect(refusal { try company.platform.forgetJobs([2]) }?.code == .notFound)
    }

    @Test("a job of a save whose clock ran ahead is due, and one that waits for ever can be removed")
    func ahead() throws {
        let company = try Company()
        try company.create("a")
        try company.create("mended")
        let ahead = company.clock.now.adding(seconds: 86_400 * 365).description
        try company.forge("UPDATE crmJob SET createdAt='\(ahead)', runAt='\(ahead)', attempts=0 WHERE id=1")
        #expect(try company.platform.runJobs().done == 1)
        #expect(try company.names("person") == ["a"])
    }

    @Test("a job runs the hook that it was made for, mended and moved, and no other one when hooks were taken out")
    func otherHooks() throws {
        func hook(_ name: String, fails: Bool) -> String {
            let body = fails ? "error('no')" : "crm.create('person', {name = '\(name)'})"
            return "crm.on('deal', 'after_commit', function(rec) \(body) end)\n"
        }
        func versions(_ second: String) throws -> (run: JobRun, names: [String]) {
            let company = try Company(hook("A", fails: true) + hook("B", fails: true))
            try company.create("a")
            let files = ScriptCompany.metadata.merging(["main.lua": second]) { $1 }
            try company.platform.installPlugin(.folder(company.folder.plugin("demo", files)))
            company.clock.pass(minutes: 2)
            return (try company.platform.runJobs(), try company.names("person"))
        }
        let mended = try versions("\n\n" + hook("A", fails: false) + "\n" + hook("B", fails: false))
        #expect(mended.run.done == 2 && mended.names == ["A", "B"])
        let taken = try versions(hook("B", fails: false))
        #expect(taken.run.dead == 2 && taken.names == [])
    }

    @Test("of what a hook says only so much is kept beside its job as a person reads")
    func longErrors() throws {
        let company = try Company(
            "crm.on('deal', 'after_commit', function(rec) error{message = ('y'):rep(5000000)} end)"
        )
        try company.create("a")
        let kept = try #require(try company.platform.jobs([.waiting]).first?.failure).message.text(in: .en)
        #expect(kept.hasPrefix("y") || kept.contains("yyyy"))
        #expect(kept.utf8.count < 10_000)
    }

    @Test("a job whose holder was killed is taken at once")
    func gone() throws {
        let company = try Company()
        try company.create("a")
        try company.create("mended")
        company.clock.pass(minutes: 2)
        let child = Process()
        child.executableURL = URL(fileURLWithPath: "/bin/true")
        try child.run()
        child.waitUntilExit()
        let until = company.clock.now.adding(seconds: 60).description
        let holder = "\(MachineStart.identity)/\(child.processIdentifier)/x"
        try company.forge("UPDATE crmJob SET lockedUntil='\(until)', lockedBy='\(holder)'")
        #expect(try company.platform.runJobs().done == 1)
    }

    @Test("jobs of a plugin that is not there wait for it and are told")
    func held() throws {
        let company = try Company()
        try company.create("a")
        let demo = try #require(PluginID(rawValue: "demo"))
        _ = try company.platform.uninstallPlugin(demo)
        company.clock.pass(minutes: 2)
        let run = try company.platform.runJobs()
        #expect(run.held == [JobRun.Held(plugin: demo, count: 1)] && run.failed == 0)
        #expect(try company.platform.jobs([.waiting]).first?.attempts == 1)
        let files = ScriptCompany.metadata.merging([
            "main.lua":
                #"\#n\#ncrm.on("deal", "after_commit", function(rec) crm.create("person", {name = rec.name}) end)"#
        ]) { $1 }
        try company.platform.installPlugin(.folder(company.folder.plugin("demo", files)))
        #expect(try company.platform.runJobs().done == 1)
        #expect(try company.names("person") == ["a"])
    }

    @Test("a hook that a new version does not have any more is given up, and says so")
    func hookGone() throws {
        let company = try Company()
        try company.create("a")
        let files = ScriptCompany.metadata.merging(["main.lua": "-- nothing"]) { $1 }
        try company.platform.installPlugin(.folder(company.folder.plugin("demo", files)))
        company.clock.pass(minutes: 2)
        #expect(try company.platform.runJobs().dead == 1)
        let failure = try company.platform.jobs([.dead]).first?.failure
        #expect(failure?.message.text(in: .en).contains("main.lua:1") == true)
    }

    @Test("jobs that are done or given up are forgotten when somebody asks for it, not those that wait")
    func purge() throws {
        let company = try Company()
        try company.create("a", "mended")
        company.clock.pass(minutes: 3 * 1_440)
        #expect(try company.platform.purgeJobs(olderThanDays: 4) == JobCounts(waiting: 0, done: 0, dead: 0))
        let counted = try company.platform.purgeJobs(olderThanDays: 2, dryRun: true)
        #expect(counted == JobCounts(waiting: 0, done: 2, dead: 0))
        #expect(try company.platform.purgeJobs(olderThanDays: 2) == counted)
        #expect(try company.platform.jobs(Set(Job.State.allCases)).isEmpty)
        let days = #expect(throws: PlatformError.self) { try company.platform.purgeJobs(olderThanDays: -1) }
        #expect(days?.code == .invalidInput)
    }

    @Test("in a rehearsal hooks run as ever, and what they left goes with it")
    func rehearsal() throws {
        let company = try Company()
        try company.platform.beginRehearsal()
        try company.create("mended", "a")
        #expect(try company.names("person") == ["a"])
        #expect(try company.platform.jobCounts().done == 2)
        try company.platform.rollbackRehearsal()
        #expect(try company.platform.jobs(Set(Job.State.allCases)).isEmpty)
    }
}
