internal import ArgumentParser
internal import Latent

struct PoolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pool",
    abstract: "Combine the estimates of several completed tables by Rubin's rules.",
    discussion: """
      FILE has the columns term, estimate and variance (the squared standard error), and a row for each term in each \
      completed table. The spread of a term between the tables tells what its missing cells leave uncertain. Intervals \
      hold 95 %, with the degrees of freedom of Barnard and Rubin (1999).

      Example: latent pool estimates.csv --rows 435 --parameters 3
      """)

  @Argument(help: "The estimates. - is standard input.", completion: .tableFile)
  var file: String

  @Option(help: ArgumentHelp("How many rows each table has. Default: infinitely many.", valueName: "n"))
  var rows: Int?

  @Option(
    help: ArgumentHelp("How many parameters the analysis estimates, with --rows. Default: 1.", valueName: "k"))
  var parameters: Int?

  @Option(
    help: ArgumentHelp("Draw the estimates with their intervals to FILE, as a forest plot.", valueName: "file"),
    completion: .file(extensions: ["svg"]))
  var svg: String?

  @Flag(help: "Write one JSON object.")
  var json = false

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    if parameters != nil, rows == nil { throw ValidationError("--parameters counts with --rows only; give both") }
    if svg == "-" {
      throw ValidationError("--svg - and the report would mix on standard output; name a file")
    }
    let parameters = parameters ?? 1
    guard parameters >= 0 else { throw ValidationError("--parameters \(parameters): expected 0 or more") }
    guard let rows, rows <= parameters else { return }
    throw ValidationError("--rows \(rows): expected more rows than parameters, which are \(parameters)")
  }

  func run() throws {
    let estimates = try PoolInput(file, consoleOptions.console)
    let pooled = try estimates.pooled(
      completeDegreesOfFreedom: rows.map { Double($0 - (parameters ?? 1)) } ?? .infinity)
    if let svg {
      let file = try OutputFile(svg)
      try file.write(drawing(of: pooled, copies: estimates.copies))
      try file.commit()
    }
    if json {
      try writeJSON(["copies": .integer(estimates.copies), "terms": .list(pooled.map(\.json))])
    } else {
      try writeText(text(of: pooled, copies: estimates.copies))
    }
  }

  private func drawing(of pooled: [PooledTerm], copies: Int) -> String {
    ForestDrawing(
      pooled.map(\.entry), title: displayName(file),
      summary: "95% intervals over \(copies) completed tables; filled: fraction of missing information"
    ).svg
  }

  private func text(of pooled: [PooledTerm], copies: Int) -> String {
    var table = TextTable([
      ("term", .left), ("estimate", .right), ("sd", .right), ("95 % interval", .left), ("df", .right), ("fmi", .right),
    ])
    for term in pooled { table.append(term.cells) }
    return table.text + "pooled over \(copies) completed tables\n"
  }
}

/// A term and what all completed tables say about it.
struct PooledTerm {
  let name: String
  let pooled: PooledEstimate

  private static let level = 0.95

  var json: JSONValue {
    let interval = pooled.interval(Self.level)
    return [
      "term": .text(name), "estimate": .number(pooled.estimate), "within": .number(pooled.within),
      "between": .number(pooled.between), "total": .number(pooled.total), "r": .number(pooled.relativeIncrease),
      "degrees_of_freedom": .number(pooled.degreesOfFreedom), "fmi": .number(pooled.fractionOfMissingInformation),
      "interval": .numbers([interval.lowerBound, interval.upperBound]),
    ]
  }

  /// One row of a picture.
  var entry: ForestDrawing.Entry {
    ForestDrawing.Entry(
      name: name, estimate: pooled.estimate, interval: pooled.interval(Self.level),
      missingInformation: pooled.fractionOfMissingInformation)
  }

  /// One row for people.
  var cells: [String] {
    let interval = pooled.interval(Self.level)
    return [
      name, Numerals.significant(pooled.estimate, digits: 6),
      Numerals.significant(pooled.total.squareRoot(), digits: 4),
      [interval.lowerBound, interval.upperBound].map { Numerals.significant($0, digits: 6) }.joined(separator: " to "),
      pooled.degreesOfFreedom < 1e6 ? fixed(pooled.degreesOfFreedom, 1) : "inf",
      fixed(pooled.fractionOfMissingInformation, 4),
    ]
  }
}
