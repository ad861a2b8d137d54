import Foundation
import Testing

/// Shells complete the names of files.
@Suite struct CompletionTests {
  private struct Help: Decodable { let command: Command }

  private struct Command: Decodable {
    let commandName: String
    let subcommands: [Command]?
    let arguments: [Argument]?
  }

  private struct Argument: Decodable {
    let valueName: String?
    let completionKind: Completion?
  }

  private struct Completion: Decodable {
    struct File: Decodable { let extensions: [String] }
    let file: File?
  }

  @Test func everyFileIsCompleted() throws {
    let dump = try Tool.run("--experimental-dump-help", in: Folder())
    let help = try JSONDecoder().decode(Help.self, from: Data(dump.standardOutput.utf8))
    let commands = try #require(help.command.subcommands).filter { $0.commandName != "help" }
    #expect(commands.contains { $0.commandName == "fit" })
    let models = ["model", "fitted", "input"]
    for command in commands {
      for argument in command.arguments ?? [] {
        guard let name = argument.valueName, ["data", "file", "output"].contains(name) || models.contains(name) else {
          continue
        }
        let extensions = argument.completionKind?.file?.extensions ?? []
        #expect(!extensions.isEmpty, "\(command.commandName) <\(name)>")
        #expect(extensions.contains("yaml") || !models.contains(name), "\(command.commandName) <\(name)>")
        #expect(extensions.contains("csv") || name != "data", "\(command.commandName) <\(name)>")
      }
    }
  }

  /// What bash offers in a folder with a model, a table and a picture.
  @Test func bashOffersModelsAndTables() throws {
    let folder = try Folder(["m.yaml": "", "n.bif.gz": "", "d.csv": "", "p.svg": ""])
    let script = try Tool.run("--generate-completion-script", "bash", in: folder).standardOutput
    try folder.write(script, to: "latent.bash")
    try folder.write(
      """
      . ./latent.bash
      offer() {
        COMPREPLY=() COMP_WORDS=(latent "$@" "") COMP_CWORD=$(($# + 1)) COMP_LINE="latent $* "
        COMP_POINT=${#COMP_LINE}
        _latent
        printf '%s\\n' "${COMPREPLY[@]}" | sort | tr '\\n' ' '
      }
      offer fit
      offer fit m.yaml
      """, to: "try.sh")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["bash", "try.sh"]
    process.currentDirectoryURL = folder.url
    let path = try Tool.location.deletingLastPathComponent().path
    process.environment = ["PATH": "\(path):/usr/bin:/bin", "LC_ALL": "C"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let offered = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(offered == "m.yaml n.bif.gz d.csv n.bif.gz ")
  }
}
