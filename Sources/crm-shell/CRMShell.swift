import ArgumentParser
import CLineEditor
import CRMPlatform
import Foundation

/// The root of the command line.
struct CRMShell: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "crm-shell",
            abstract: MessageKey.helpRoot.help,
            usage: "crm-shell FILE [-e LINE …]\ncrm-shell COMMAND …",
            discussion: MessageKey.helpRootMore.help + "\n" + HelpExamples.root,
            subcommands: [
                New.self, PluginGroup.self, Import.self, Export.self, Find.self, Count.self, Show.self, Create.self,
                Update.self, Delete.self, History.self, Search.self, Print.self, Report.self, RunPluginCommand.self,
                Run.self,
                Check.self, SettingsCommand.self, CodeGroup.self, Backup.self, JobsCommand.self, LogCommand.self,
                Objects.self, Describe.self, Stubs.self,
                Doctor.self,
                Sandbox.self,
                OpenShell.self,
            ],
            defaultSubcommand: OpenShell.self
        )
    }

    /// The sub-commands that have further ones below them.
    static var groupNames: [String] {
        configuration.subcommands.filter { !$0.configuration.subcommands.isEmpty }.compactMap {
            $0.configuration.commandName
        }
    }

    /// What may stand as the first word.
    static var subcommandNames: [String] { configuration.subcommands.compactMap { $0.configuration.commandName } }
}

/// The entry of the executable.
@main
enum Entry {
    static func main() {
        StandardDescriptors.occupy()
        crmedit_use_utf8()
        Interruption.shared.start()
        exit(ShellProcess.run(Array(CommandLine.arguments.dropFirst())))
    }
}
