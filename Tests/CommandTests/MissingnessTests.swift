import Foundation
import Testing

@Suite struct MissingnessTests {
  /// 60 rows: `income` is missing where `age` is young, a column that is always missing, and a code.
  static let survey: String = {
    let rows = (0..<60).map { row in
      let age = row % 3 == 0 ? "young" : "old"
      let income = row % 3 == 0 && row % 4 != 0 ? "" : row % 2 == 0 ? "low" : "high"
      return "\(age),\(income),\(row == 7 ? "NA" : "\(row % 5)"),,\(row % 20 == 0 ? 99 : row % 7)"
    }
    return "age,income,score,note,children\n" + rows.joined(separator: "\n") + "\n"
  }()

  private static func json(_ run: ToolRun) throws -> [String: Any] {
    #expect(run.status == 0 && run.standardError.isEmpty)
    return try #require(try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any])
  }

  private static func airquality() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: "Examples/air-quality/airquality.csv"), encoding: .utf8)
  }

  /// The test of the labels and Little's were computed with SciPy and a separate EM, too.
  @Test func saysWhatThereIsToSay() throws {
    let run = try Tool.run("missingness", "s.csv", in: Folder(["s.csv": Self.survey]))
    #expect(run.status == 0 && run.standardError.isEmpty)
    #expect(
      run.standardOutput == """
        rows            60, 44 of them complete
        missing cells   76 of 300, 25.3 %
        always missing  note

        column  missing     rate
        note         60  100.0 %
        income       15   25.0 %
        score         1    1.7 %
        2 columns of 5 have no missing cell

        rows   share  missing together
          44  73.3 %  note
          15  25.0 %  income, note
           1   1.7 %  score, note

        1 of 6 tests stands out (p < 0.05 after Holm's adjustment)
        missing  goes with  effect        p
        income   age        V 0.82  1.2e-10  missing in 75.0 % where young, in 0.0 % where old
        so cells are not missing completely at random; whether a missing value itself matters, no test can tell

        Little's test of 2 numeric columns: chi-square 0.135, df 1, p 0.713, effect 0.000, 2 patterns

        if 99 in column children stands for missing: --missing children=99

        """)
  }

  /// Little's statistic of naniar's tests, and what the issue of the test says of an empty row: a pattern more.
  @Test(arguments: [0, 1]) func jsonHasWhatProgramsRelyOn(emptyRows: Int) throws {
    let text = try Self.airquality() + String(repeating: ",,,,,\n", count: emptyRows)
    let folder = try Folder(["a.csv": text])
    let document = try Self.json(Tool.run("missingness", "a.csv", "--json", in: folder))
    #expect(document["rows"] as? Int == 153 + emptyRows)
    let variables = try #require(document["variables"] as? [[String: Any]])
    #expect(variables.map { $0["name"] as? String } == ["Ozone", "Solar.R", "Wind", "Temp", "Month", "Day"])
    #expect(variables.map { $0["missing"] as? Int } == [37, 7, 0, 0, 0, 0].map { $0 + emptyRows })
    let rate = try #require(variables[0]["rate"] as? Double)
    #expect(abs(rate - Double(37 + emptyRows) / Double(153 + emptyRows)) < 1e-15)
    let patterns = try #require(document["patterns"] as? [[String: Any]])
    #expect(patterns.prefix(4).map { $0["count"] as? Int } == [111, 35, 5, 2])
    #expect(
      patterns.prefix(4).map { $0["missing"] as? [String] } == [[], ["Ozone"], ["Solar.R"], ["Ozone", "Solar.R"]])
    #expect(patterns.count == 4 + emptyRows)
    let little = try #require(document["little"] as? [String: Any])
    let statistic = try #require(little["statistic"] as? Double)
    #expect(abs(statistic - 35.1061288689702) < 1e-4 && abs(statistic - 35.1061749) < 1e-6)
    #expect(little["degrees_of_freedom"] as? Int == 14 && little["patterns"] as? Int == 4 + emptyRows)
    let pValue = try #require(little["p_value"] as? Double)
    #expect(abs(pValue - 0.00141776) < 1e-8)
    let tests = try #require(document["tests"] as? [[String: Any]])
    #expect(tests[0]["missing"] as? String == "Ozone" && tests[0]["variable"] as? String == "Month")
    #expect(document["adjustment"] as? String == "holm")
  }

  @Test func standardInputIsTheSame() throws {
    let folder = try Folder(["a.csv": Self.airquality(), "s.csv": Self.survey])
    for name in folder.files {
      let text = try #require(folder.text(of: name))
      for option in [["--json"], []] {
        let file = try Tool.run(["missingness", name] + option, in: folder)
        #expect(try Tool.run(["missingness", "-"] + option, input: text, in: folder) == file)
      }
    }
  }

  /// A weight of 2 is a row twice, and a weight of 0 none.
  @Test func weightsAreRows() throws {
    let lines = Self.survey.split(separator: "\n").map(String.init)
    let weighted = lines.enumerated().map { $0.offset == 0 ? $0.element + ",w" : $0.element + ",\($0.offset % 3)" }
    let repeated = lines.enumerated().flatMap { line in
      Array(repeating: line.element, count: line.offset == 0 ? 1 : line.offset % 3)
    }
    let folder = try Folder([
      "w.csv": weighted.joined(separator: "\n") + "\n", "r.csv": repeated.joined(separator: "\n") + "\n",
    ])
    let first = try Self.json(Tool.run("missingness", "w.csv", "--weights", "w", "--json", in: folder))
    let second = try Self.json(Tool.run("missingness", "r.csv", "--json", in: folder))
    for key in ["missing_cells", "complete_rows", "pattern_count", "total_weight"] {
      #expect(first[key] as? Double == second[key] as? Double, "\(key)")
    }
    for key in ["variables", "patterns"] {
      let parts = [first, second].map { $0[key] as? [NSDictionary] ?? [] }
      #expect(parts[0] == parts[1] && !parts[0].isEmpty, "\(key)")
    }
    let pValues = [first, second].map {
      ($0["tests"] as? [[String: Any]] ?? []).compactMap { $0["p_value"] as? Double }
    }
    #expect(pValues[0].count == pValues[1].count && pValues[0].count > 3)
    for (a, b) in zip(pValues[0], pValues[1]) { #expect(abs(a - b) <= 1e-9 * b) }
  }

  /// What `mask` hides, `missingness` finds: the cause, or that there is none.
  @Test(arguments: 1...5) func masksAreSeenThrough(seed: Int) throws {
    let rows = (0..<800).map { "\($0 % 3 == 0 ? "left" : "right"),\(($0 * 37) % 101),\(($0 * $0) % 4)" }
    let folder = try Folder(["d.csv": "side,age,value\n" + rows.joined(separator: "\n") + "\n"])
    func found(_ options: String...) throws -> [String] {
      let mask = ["mask", "d.csv", "--seed", "\(seed)", "--rate", "0.3", "--columns", "value", "-o", "m.csv"] + options
      #expect(try Tool.run(mask, in: folder).status == 0)
      let tests = try Self.json(Tool.run("missingness", "m.csv", "--json", in: folder))["tests"] as? [[String: Any]]
      return (tests ?? []).filter { ($0["adjusted_p_value"] as? Double ?? 1) < 0.001 }
        .map { "\($0["missing"] ?? "") \($0["variable"] ?? "")" }
    }
    #expect(try found("--mechanism", "mar", "--depends-on", "value: side=left:2") == ["value side"])
    #expect(try found("--mechanism", "mar", "--depends-on", "value: age:0.05") == ["value age"])
    #expect(try found("--mechanism", "mcar") == [])
  }

  @Test func aCompleteTableHasLittleToSay() throws {
    let run = try Tool.run("missingness", "-", input: "a,b\nx,1\ny,2\n", in: Folder())
    #expect(run.standardOutput == "rows           2, 2 of them complete\nmissing cells  0 of 4, 0.0 %\n")
  }

  @Test func picturesShowPatternsAndShares() throws {
    let folder = try Folder(["s.csv": Self.survey])
    let run = try Tool.run("missingness", "s.csv", "--svg", in: folder)
    #expect(run.status == 0 && run.standardError.isEmpty)
    let lines = run.standardOutput.split(separator: "\n")
    #expect(lines.first?.hasPrefix("<svg ") == true && lines.last == "</svg>")
    for text in ["60 rows, 16 with missing cells, 3 patterns", "<title>income, note</title>", ">75.0%<", ">0%<"] {
      #expect(run.standardOutput.contains(text), "\(text)")
    }
    #expect(run.standardOutput.contains("income missing, by age"))
  }

  @Test func whatReadersWouldMissIsNoted() throws {
    let run = try Tool.run("missingness", "-", "--missing", "none", input: "a,b\nx,1\n\ny,\n", in: Folder())
    #expect(
      run.standardError == """
        standard input: 1 blank line skipped, the first is line 3
        standard input: no cell was read as missing for 'none': none holds it, or it is a state there

        """)
  }

  @Test(arguments: [
    Refusal(64, ["d.csv", "--json", "--svg"], "Error: --json and --svg are different documents; ask for one of them"),
    Refusal(66, ["none.csv"], "none.csv: there is no such file; check the name"),
    Refusal(
      65, ["d.csv", "--weights", "a"], "d.csv:2: column a: 'x' is not a weight; expected a finite number, 0 or greater"),
  ])
  func refusals(_ refusal: Refusal) throws {
    let run = try Tool.run(["missingness"] + refusal.arguments, in: Folder(["d.csv": "a,b\nx,1\n"]))
    #expect(run.status == refusal.status && run.standardOutput.isEmpty)
    #expect(run.standardError.hasPrefix(refusal.sentence + "\n"))
  }
}
