internal import ArgumentParser
internal import Latent

struct MissingnessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "missingness",
    abstract: "Look at the missing cells of a table: rates, patterns, and what they go with.",
    discussion: """
      Shares of missing cells are compared between the labels of every other column (G test; \
      Fisher's exact test where counts are small), and means of numbers between \
      rows where a column is missing and where it is not (Welch's t test). \
      p-values are adjusted for the number of tests (Holm). Effects are Cramér's V, and \
      differences in standard deviations. Little's test compares the means of all \
      numeric columns between patterns.

      Example: latent missingness survey.csv
      """)

  @Argument(help: "The table. - is standard input.", completion: .tableFile)
  var data: String

  @Flag(help: "Write one JSON object.")
  var json = false

  @Flag(help: "Draw the patterns and what they go with as an SVG picture.")
  var svg = false

  @OptionGroup(title: "Data") var tableOptions: TableOptions
  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    if json, svg { throw ValidationError("--json and --svg are different documents; ask for one of them") }
  }

  func run() throws {
    let console = consoleOptions.console
    let look = try MissingnessLook(data, tableOptions)
    for warning in look.scan.warnings { console.note("\(displayName(data)): \(warning.sentence)") }
    if json {
      try writeJSON(look.json)
    } else if svg {
      try writeText(MissingnessDrawing(look.report, title: displayName(data)).svg)
    } else {
      try writeText(MissingnessText(look).text)
    }
  }
}
