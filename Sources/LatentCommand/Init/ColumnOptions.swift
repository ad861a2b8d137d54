internal import ArgumentParser
internal import Latent

/// What columns of a table become, where it is not what they look like.
struct ColumnOptions: ParsableArguments {
  @Option(
    name: [.customLong("states"), .customLong("keep")], parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Read the column as states, whatever it looks like: names, or numbers of many values; repeatable.",
      valueName: "column"))
  var states: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Read the column as real numbers; repeatable.", valueName: "column"))
  var real: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Read the column as counts, whole numbers from 0; repeatable.", valueName: "column"))
  var count: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Cut the numbers of a column into intervals: Wind=4 at quantiles, Wind=4:width into equal widths, Wind=7,10,15 at these numbers; repeatable.",
      valueName: "column=cuts"), transform: BinnedColumn.init(option:))
  var bins: [BinnedColumn] = []

  func validate() throws {
    var seen = Set<String>()
    for (name, option) in named where !seen.insert(name).inserted {
      throw ValidationError(
        "\(option) \(name): the column is named twice among --states, --real, --count and --bins; name it once")
    }
  }

  /// The names of columns with the option that names them.
  var named: [(name: String, option: String)] {
    states.map { ($0, "--states") } + real.map { ($0, "--real") } + count.map { ($0, "--count") }
      + bins.map { ($0.name, "--bins") }
  }

  /// What a reader of tables is told.
  var types: [String: CSVOptions.ColumnType] {
    var types: [String: CSVOptions.ColumnType] = [:]
    for name in states { types[name] = .states }
    for name in real { types[name] = .real }
    for name in count { types[name] = .count }
    for column in bins { types[column.name] = .intervals(column.binning) }
    return types
  }
}

/// A column and how its numbers are cut, as an option gives it: `Wind=4`, `Wind=4:width`, `Wind=7,10,15`.
struct BinnedColumn {
  let name: String
  let binning: Binning

  private static let counts = 2...1000

  init(option: String) throws {
    guard let equalsSign = option.lastIndex(of: "="), equalsSign != option.startIndex else { throw Self.malformed }
    name = String(option[..<equalsSign])
    let words = option[option.index(after: equalsSign)...].split(separator: ":", omittingEmptySubsequences: false)
    let numbers = words[0].split(separator: ",", omittingEmptySubsequences: false)
    switch (words.count, numbers.count, words.last) {
    case (1, 1, _):
      if let count = Int(numbers[0]) {
        binning = .quantiles(try Self.checked(count))
      } else {
        binning = .at(try Self.cuts(numbers))
      }
    case (1, _, _): binning = .at(try Self.cuts(numbers))
    case (2, 1, "width"): binning = .widths(try Self.checked(Int(numbers[0])))
    case (2, 1, "quantiles"): binning = .quantiles(try Self.checked(Int(numbers[0])))
    default: throw Self.malformed
    }
  }

  private static func checked(_ count: Int?) throws -> Int {
    guard let count else { throw malformed }
    guard counts.contains(count) else {
      throw ValidationError("expected a number of intervals from \(counts.lowerBound) to \(counts.upperBound)")
    }
    return count
  }

  /// The cuts in a list of numbers; behind a single whole number, which would be a count, stands a comma.
  private static func cuts(_ numbers: [Substring]) throws -> Cuts {
    var points: [Double] = []
    for (index, text) in numbers.enumerated() where index == 0 || index < numbers.count - 1 || !text.isEmpty {
      guard let point = Evidence.number(String(text)) else { throw malformed }
      points.append(point)
    }
    do { return try Cuts(points) } catch { throw ValidationError(error.description) }
  }

  private static let malformed = ValidationError(
    "expected a column and a number of intervals, such as Wind=4 or Wind=4:width, or the cuts, such as Wind=7,10,15")
}
