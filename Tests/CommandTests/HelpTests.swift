import Testing

@Suite struct HelpTests {
  @Test func everyCommandHasAnExample() throws {
    let folder = try Folder()
    let overview = try Tool.run("--help", in: folder)
    #expect(overview.status == 0)
    let lines = overview.standardOutput.split(separator: "\n", omittingEmptySubsequences: false)
    let listed = lines.drop { $0 != "SUBCOMMANDS:" }.dropFirst().prefix { !$0.isEmpty }
    let commands = listed.filter { !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(commands.contains("fit"))
    for command in commands {
      let help = try Tool.run(command, "--help", in: folder)
      #expect(help.status == 0, "\(command)")
      #expect(help.standardOutput.contains("Example: latent \(command) "), "\(command)")
      #expect(help.standardOutput.contains("--quiet"), "\(command)")
    }
  }
}
