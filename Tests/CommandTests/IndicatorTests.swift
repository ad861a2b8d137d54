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

/// `impute --mask`.
@Suite struct FilledCellsTests {
  @Test(arguments: [
    ("map", "row,column,value,probability\n2,income,low,0.75\n4,income,high,0.75\n5,income,high,0.75\n"),
    ("column-mode", "row,column,value\n2,income,low\n4,income,low\n5,income,low\n"),
    ("draw", "row,column\n2,income\n4,income\n5,income\n"),
  ])
  func filledCellsAreListed(_ method: String, _ list: String) throws {
    let folder = try Folder(IndicatorTests.files)
    let run = try Tool.run(
      "impute", "f.yaml", "d.csv", "--method", method, "--mask", "cells.csv", "-o", "out.csv", in: folder)
    #expect(run.status == 0)
    #expect(folder.text(of: "cells.csv") == list)
  }

  @Test(arguments: [
    (["--mask", "a.csv", "-o", "a.csv"], "Error: --mask a.csv: the list and the table would mix; name another file"),
    (["--mask", "a.csv", "--method", "complete-rows"], "Error: --mask: complete-rows fills no cell; leave it out"),
  ])
  func refusals(_ arguments: [String], _ sentence: String) throws {
    let run = try Tool.run(["impute", "f.yaml", "d.csv"] + arguments, in: Folder(IndicatorTests.files))
    #expect(run.status == 64 && run.standardError.hasPrefix(sentence + "\n"))
  }
}

/// `fit --missing-as-state`.
@Suite struct MissingAsStateTests {
  @Test func missingCellsAreAState() throws {
    let model = IndicatorTests.model.replacingOccurrences(of: "missingness:\n  income: {depends_on: [age]}\n", with: "")
    let folder = try Folder(IndicatorTests.files.merging(["p.yaml": model]) { $1 })
    let fit = try Tool.run(
      "fit", "p.yaml", "d.csv", "--missing-as-state", "income", "--quiet", "-o", "out.yaml", in: folder)
    #expect(fit.status == 0 && fit.standardOutput.contains("missing cells    0\n"))
    let show = try Tool.run("show", "out.yaml", "--variable", "income", in: folder)
    #expect(
      show.standardOutput == """
        p(income | age)
        age       low    high  missing
        young  0.5000       0   0.5000
        old    0.2500  0.2500   0.5000

        """)
    let posterior = try Tool.run("posterior", "out.yaml", "d.csv", "--of", "income", in: folder)
    #expect(posterior.standardOutput.split(separator: "\n")[2] == "0.0,0.0,1.0")
  }

  @Test(arguments: [
    Refusal(
      64, ["--missing-as-state", "wealth"],
      "--missing-as-state: 'wealth' is not a variable of the model (age, income, m_income); use one of them"),
    Refusal(
      64, ["--missing-as-state", "m_income"],
      "--missing-as-state: m_income is latent or an indicator, which has no missing cells; name another variable"),
  ])
  func refusals(_ refusal: Refusal) throws {
    let run = try Tool.run(["fit", "m.yaml", "d.csv"] + refusal.arguments, in: Folder(IndicatorTests.files))
    #expect(run == refusal.run)
  }
}

/// `missingness --model`: what the graph says of missing cells.
@Suite struct MissingnessReasoningTests {
  @Test func theGraphIsAsked() throws {
    let run = try Tool.run(
      "missingness", "--model", "self.yaml", "--of", "income", "--given", "age", in: Folder(IndicatorTests.files))
    #expect(
      run.standardOutput == """
        missing cells    MNAR, missing not at random
          m_income       MNAR, depends on income
        p(age, income)   not recoverable from the graph alone: income itself decides whether it is missing
        p(income | age)  not recoverable from the graph alone: income itself decides whether it is missing

        the graph implies nothing that rows could refute

        """)
  }

  @Test func rowsTestWhatItImplies() throws {
    let model = IndicatorTests.model.replacingOccurrences(of: "[age]", with: "[]")
    let rows = (0..<400).map { "\($0 % 2 == 0 ? "young" : "old"),\($0 % 2 == 0 && $0 % 3 == 0 ? "" : "low")" }
    let folder = try Folder(["m.yaml": model, "d.csv": "age,income\n" + rows.joined(separator: "\n") + "\n"])
    let run = try Tool.run("missingness", "d.csv", "--model", "m.yaml", "--json", in: folder)
    #expect(run.status == 0)
    let report = try #require(try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any])
    #expect(report["mechanism"] as? String == "MCAR" && report["conditional"] is NSNull)
    let joint = try #require(report["joint"] as? [String: Any])
    #expect(joint["recoverable"] as? Bool == true)
    #expect(joint["estimand"] as? String == "p(age, income, m_income=observed) / p(m_income=observed)")
    let implications = try #require(report["implications"] as? [[String: Any]])
    #expect(implications.count == 1 && implications[0]["second"] as? String == "m_income")
    #expect((implications[0]["adjusted_p_value"] as? Double ?? 1) < 1e-10)
    let text = try Tool.run("missingness", "d.csv", "--model", "m.yaml", in: folder)
    #expect(text.standardOutput.hasSuffix("1 of 1 test speaks against the graph (p < 0.05 after Holm's adjustment)\n"))
  }

  @Test(arguments: [
    Refusal(64, [], "Error: name a table, or a model with --model"),
    Refusal(64, ["d.csv", "--of", "age"], "Error: --of is about a model; name it with --model"),
    Refusal(64, ["--model", "m.yaml", "--given", "age"], "Error: --given belongs to --of; name what is asked for"),
    Refusal(64, ["--model", "m.yaml", "--svg"], "Error: --svg draws a table; leave out --model"),
    Refusal(
      64, ["--model", "m.yaml", "--of", "m_income"],
      "--of: m_income is never observed or an indicator; name a variable with a column"),
    Refusal(
      64, ["--model", "m.yaml", "--of", "age", "--given", "age"], "--given: age is asked for, too; name it once"),
  ])
  func refusals(_ refusal: Refusal) throws {
    let run = try Tool.run(["missingness"] + refusal.arguments, in: Folder(IndicatorTests.files))
    #expect(run.status == refusal.status && run.standardOutput.isEmpty)
    #expect(run.standardError.hasPrefix(refusal.sentence + "\n"))
  }
}
