import Foundation
import Testing

/// `missingness:` in a model file: no table has a column for what follows from its other columns.
@Suite struct IndicatorTests {
  static let model = """
    latent: 1
    variables:
      age: {states: [young, old]}
      income: {states: [low, high]}
    edges:
      - age -> income
    missingness:
      income: {depends_on: [age]}

    """

  static let fitted = """
    \(model)parameters:
      age: [0.5, 0.5]
      income: {young: [0.75, 0.25], old: [0.25, 0.75]}
      m_income: {young: [0.75, 0.25], old: [0.5, 0.5]}

    """

  static let files = [
    "m.yaml": model, "f.yaml": fitted,
    "self.yaml": model.replacingOccurrences(of: "[age]", with: "[income]"),
    "d.csv": "age,income\nyoung,low\nyoung,\nold,high\nold,\nold,\nold,low\n",
    "taken.csv": "age,income,m_income\nyoung,low,observed\n",
  ]

  private static func json(_ arguments: String...) throws -> [String: Any] {
    let run = try Tool.run(arguments, in: Folder(files))
    #expect(run.status == 0)
    return try #require(try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any])
  }

  @Test func fitReportsBothTerms() throws {
    let report = try Self.json("fit", "m.yaml", "d.csv", "--json")
    // Ages 2 and 4 of 6; incomes 1 of 1 and 1 of 2; missing 1 of 2 and 2 of 4.
    let data = 2 * log(2.0 / 6) + 4 * log(4.0 / 6) + 2 * log(0.5)
    let missingness = 6 * log(0.5)
    #expect(abs((report["log_likelihood_data"] as? Double ?? 0) - data) < 1e-9)
    #expect(abs((report["log_likelihood_missingness"] as? Double ?? 0) - missingness) < 1e-9)
    #expect(abs((report["log_likelihood"] as? Double ?? 0) - data - missingness) < 1e-9)
    #expect(report["separation_reason"] is NSNull && report["free_parameters"] as? Int == 5)
    #expect(report["missing_cells"] as? Int == 3 && report["complete_rows"] as? Int == 3)
    let trace = try #require(report["log_likelihood_trace"] as? [Double])
    #expect(trace.last == report["log_likelihood"] as? Double)
  }

  @Test func whereTheyAreNotTwoTheReasonIsThere() throws {
    for arguments in [["fit", "self.yaml", "d.csv", "--json"]] {
      let run = try Tool.run(arguments, in: Folder(Self.files))
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any])
      #expect(report["log_likelihood_data"] is NSNull && report["log_likelihood_missingness"] is NSNull)
      #expect(
        report["separation_reason"] as? String == "m_income depends on income itself, which 3 rows do not observe")
    }
  }

  @Test func scoreCountsBoth() throws {
    let report = try Self.json("score", "f.yaml", "d.csv", "--json")
    let data = 6 * log(0.5) + log(0.75) + log(0.75) + log(0.25)
    let missingness = log(0.75) + log(0.25) + 4 * log(0.5)
    #expect(abs((report["log_likelihood_data"] as? Double ?? 0) - data) < 1e-12)
    #expect(abs((report["log_likelihood_missingness"] as? Double ?? 0) - missingness) < 1e-12)
    #expect(abs((report["log_likelihood"] as? Double ?? 0) - data - missingness) < 1e-12)
  }

  @Test func linesForPeople() throws {
    let run = try Tool.run("score", "f.yaml", "d.csv", in: Folder(Self.files))
    #expect(run.standardError.isEmpty)
    let lines = run.standardOutput.split(separator: "\n").map(String.init)
    #expect(lines[0].hasPrefix("log-likelihood  ") && lines[1].hasPrefix("  of the data  "))
    #expect(lines[2].hasPrefix("  of what is missing  "))
  }

  /// No command asks for the column, or writes it unasked.
  @Test(
    arguments: [
      (["impute", "f.yaml", "d.csv"], "age,income\nyoung,low\nyoung,low\nold,high\nold,high\nold,high\nold,low\n"),
      (
        ["impute", "f.yaml", "d.csv", "--indicators"],
        "age,income,m_income\nyoung,low,observed\nyoung,low,missing\nold,high,observed\nold,high,missing\n"
          + "old,high,missing\nold,low,observed\n"
      ),
      (
        ["posterior", "f.yaml", "d.csv"],
        "income=low,income=high\n1.0,0.0\n0.75,0.25\n0.0,1.0\n0.25,0.75\n0.25,0.75\n1.0,0.0\n"
      ),
      (["decode", "f.yaml", "d.csv"], "income\nlow\nlow\nhigh\nhigh\nhigh\nlow\n"),
      (["query", "f.yaml", "--of", "age", "--given", "m_income=missing"], nil),
      (["plan", "m.yaml", "d.csv"], nil), (["show", "f.yaml"], nil), (["show", "f.yaml", "--svg"], nil),
      (["fit", "m.yaml", "d.csv"], nil), (["sample", "f.yaml", "-n", "1"], "age,income\nold,high\n"),
    ] as [([String], String?)])
  func commandsDeriveTheColumn(_ arguments: [String], _ output: String?) throws {
    let run = try Tool.run(arguments, in: Folder(Self.files))
    #expect(run.status == 0 && !run.standardError.contains("no column"))
    if let output { #expect(run.standardOutput == output) }
  }

  /// 0.25 of the missing cells are of the young: p(young | missing) = 0.125 / 0.375.
  @Test func questionsMayBeAboutIndicators() throws {
    let report = try Self.json("query", "f.yaml", "--of", "age", "--given", "m_income=missing", "--json")
    let probabilities = try #require(report["probabilities"] as? [Double])
    #expect(abs(probabilities[0] - 1.0 / 3) < 1e-12)
  }

  /// A cell that is hidden from the command is not one that was missing.
  @Test func hiddenCellsAreNotMissing() throws {
    let run = try Tool.run("posterior", "self.yaml", "d.csv", "--hide", "income", in: Folder(Self.files))
    #expect(run.status == 65)
    let fitted = Self.fitted.replacingOccurrences(of: "[age]", with: "[income]")
      .replacingOccurrences(of: "m_income: {young", with: "m_income: {low")
      .replacingOccurrences(of: "0.25], old: [0.5, 0.5]}", with: "0.25], high: [0.5, 0.5]}")
    let folder = try Folder(Self.files.merging(["g.yaml": fitted]) { $1 })
    let hidden = try Tool.run("posterior", "g.yaml", "d.csv", "--hide", "income", in: folder)
    #expect(hidden.standardOutput.split(separator: "\n").dropFirst().prefix(2) == ["0.75,0.25", "0.75,0.25"])
    let seen = try Tool.run("posterior", "g.yaml", "d.csv", in: folder)
    #expect(seen.standardOutput.split(separator: "\n").dropFirst().prefix(2) == ["1.0,0.0", "0.6,0.4"])
  }

  @Test(arguments: [
    Refusal(
      65, ["fit", "m.yaml", "taken.csv"],
      "taken.csv:1: there is a column m_income, but the model has an indicator of that name, which says whether income "
        + "is missing; rename the column, or remove it")
  ])
  func refusals(_ refusal: Refusal) throws {
    #expect(try Tool.run(refusal.arguments, in: Folder(Self.files)) == refusal.run)
  }
}
