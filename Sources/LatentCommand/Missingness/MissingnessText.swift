internal import Latent

/// What is to be said of missing cells, for people.
struct MissingnessText {
  private let look: MissingnessLook
  private var report: MissingnessReport { look.report }

  private static let mostColumns = 40
  private static let mostPatterns = 15
  private static let mostFindings = 20
  private static let mostNames = 6

  init(_ look: MissingnessLook) { self.look = look }

  /// The sections with an empty line between them.
  var text: String {
    let sections = [facts, rates, patterns, findings, little, suspects].filter { !$0.isEmpty }
    return sections.joined(separator: "\n")
  }

  private var facts: String {
    let cells = report.weight * Double(report.columns.count)
    let missing = report.missing.reduce(0, +)
    var facts = TextTable([("", .left), ("", .left)])
    facts.append(["rows", "\(report.rows), \(amount(report.completeWeight)) of them complete"])
    if report.weight != Double(report.rows) { facts.append(["weight", amount(report.weight)]) }
    facts.append(["missing cells", "\(amount(missing)) of \(amount(cells)), \(percent(missing / cells))"])
    let always = report.alwaysMissing.map { report.columns[$0].name }
    if !always.isEmpty { facts.append(["always missing", listed(always)]) }
    return facts.text
  }

  private var rates: String {
    let missing = report.columns.indices.filter { report.missing[$0] > 0 }
      .sorted { (-report.missing[$0], $0) < (-report.missing[$1], $1) }
    guard !missing.isEmpty else { return "" }
    var table = TextTable([("column", .left), ("missing", .right), ("rate", .right)])
    for column in missing.prefix(Self.mostColumns) {
      table.append([
        report.columns[column].name, amount(report.missing[column]), percent(report.missing[column] / report.weight),
      ])
    }
    var text = table.text
    if missing.count > Self.mostColumns {
      text += "… and \(counted(missing.count - Self.mostColumns, "column")) more\n"
    }
    let complete = report.columns.count - missing.count
    guard complete > 0 else { return text }
    let verb = complete == 1 ? "has" : "have"
    return text + "\(counted(complete, "column")) of \(report.columns.count) \(verb) no missing cell\n"
  }

  private var patterns: String {
    guard report.patterns.contains(where: { !$0.missing.isEmpty }) else { return "" }
    var table = TextTable([("rows", .right), ("share", .right), ("missing together", .left)])
    for pattern in report.patterns.prefix(Self.mostPatterns) {
      table.append([amount(pattern.weight), percent(pattern.weight / report.weight), names(pattern.missing)])
    }
    let rest = report.patterns.dropFirst(Self.mostPatterns)
    guard !rest.isEmpty else { return table.text }
    let weight = rest.reduce(0) { $0 + $1.weight }
    return table.text
      + "… and \(counted(rest.count, "pattern")) more in \(amount(weight)) rows, \(report.patterns.count) in all\n"
  }

  private func names(_ columns: [Int]) -> String {
    if columns.isEmpty { return "nothing" }
    let head = columns.prefix(Self.mostNames).map { report.columns[$0].name }.joined(separator: ", ")
    return columns.count > Self.mostNames ? "\(head), … \(columns.count) in all" : head
  }

  private var findings: String {
    guard !report.tests.isEmpty else { return "" }
    let found = report.findings
    let tests = counted(report.tests.count, "test")
    let level = "p < \(MissingnessReport.level) after Holm's adjustment"
    guard !found.isEmpty else {
      return "no test stands out among \(tests) (\(level)): nothing here speaks against\n"
        + "cells that are missing completely at random\n"
    }
    var table = TextTable([("missing", .left), ("goes with", .left), ("effect", .right), ("p", .right), ("", .left)])
    for test in found.prefix(Self.mostFindings) { table.append(cells(test)) }
    var text = "\(found.count) of \(tests) \(found.count == 1 ? "stands" : "stand") out (\(level))\n" + table.text
    if found.count > Self.mostFindings { text += "… and \(found.count - Self.mostFindings) more\n" }
    return text
      + "so cells are not missing completely at random; whether a missing value itself matters, no test can tell\n"
  }

  private func cells(_ test: MissingnessTest) -> [String] {
    let letter =
      switch test.finding {
      case .shares, .exactShares: "V"
      case .means: "d"
      }
    return [
      report.columns[test.missing].name, report.columns[test.variable].name,
      "\(letter) \(fixed(test.effect, 2))", Numerals.significant(test.adjustedPValue, digits: 2),
      MissingnessWords(report).comparison(test),
    ]
  }

  private var little: String {
    switch look.little {
    case .test(let test, let columns):
      var text =
        "Little's test of \(columns.count) numeric columns: chi-square \(fixed(test.statistic, 3)), df "
        + "\(test.degreesOfFreedom), p \(Numerals.significant(test.pValue, digits: 3)), effect "
        + "\(fixed(test.effect, 3)), \(counted(test.patterns, "pattern"))\n"
      if test.missingRank > 0 {
        text +=
          "\(counted(test.missingRank, "column")) of them \(test.missingRank == 1 ? "follows" : "follow") from the others: "
          + "a generalised inverse was taken, and fewer degrees of freedom\n"
      }
      return text
    case .none(.tooFewColumns), .none(.nothingToCompare): return ""
    case .none(let obstacle): return "Little's test was not made: \(obstacle)\n"
    }
  }

  private var suspects: String {
    look.suspects.map { column in
      let codes = column.suspectedCodes
      let verb = codes.count == 1 ? "stands" : "stand"
      return "if \(codes.joined(separator: ", ")) in column \(column.name) \(verb) for missing: "
        + codes.map { "--missing \(column.name)=\($0)" }.joined(separator: " ") + "\n"
    }.joined()
  }
}

/// The words for what tests found.
struct MissingnessWords {
  private let report: MissingnessReport

  init(_ report: MissingnessReport) { self.report = report }

  /// Where a column is missing most and least often, or the means that were compared.
  func comparison(_ test: MissingnessTest) -> String {
    switch test.finding {
    case .shares(let shares, _, _), .exactShares(let shares):
      let order = shares.groups.sorted { $0.share > $1.share }
      guard let most = order.first, let least = order.last else { return "" }
      return "missing in \(percent(most.share)) where \(labels(most, of: test.variable)), "
        + "in \(percent(least.share)) where \(labels(least, of: test.variable))"
    case .means(let missing, let observed, _, _, _):
      return "mean \(Numerals.significant(missing, digits: 4)) where missing, "
        + "\(Numerals.significant(observed, digits: 4)) where not"
    }
  }

  private func labels(_ group: MissingShares.Group, of variable: Int) -> String {
    guard case .labels(let labels) = report.columns[variable].content else { return "" }
    let names = group.labels.map { labels[$0] }
    return names.count > 3 ? "one of \(names.count) rare labels" : names.joined(separator: " or ")
  }
}

/// A sum of weights: a whole number where it is one.
func amount(_ weight: Double) -> String {
  Int(exactly: weight).map { "\($0)" } ?? Numerals.significant(weight, digits: 8)
}

/// A share as a percentage.
func percent(_ share: Double) -> String { "\(fixed(100 * share, 1)) %" }
