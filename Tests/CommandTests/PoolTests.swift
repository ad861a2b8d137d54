import Foundation
import Testing

@Suite struct PoolTests {
  static let estimates = """
    copy,term,estimate,variance
    1,crime,10.2,1.1
    1,"party, left",0.5,0.01
    2,crime,9.8,1.0
    2,"party, left",0.5,0.01
    3,crime,10.5,1.2
    3,"party, left",0.5,0.01
    4,crime,10.1,0.9
    4,"party, left",0.5,0.01
    5,crime,9.9,1.05
    5,"party, left",0.5,0.01

    """

  @Test func printsATable() throws {
    let run = try Tool.run("pool", "e.csv", "--rows", "100", in: Folder(["e.csv": Self.estimates]))
    #expect(
      run
        == ToolRun(
          status: 0,
          standardOutput: """
            term         estimate     sd  95 % interval           df     fmi
            crime            10.1  1.068  7.97456 to 12.2254    78.5  0.1016
            party, left       0.5    0.1  0.301529 to 0.698471  97.1  0.0200
            pooled over 5 completed tables

            """,
          standardError: "e.csv: passed over column copy; pool reads term, estimate and variance\n"))
  }

  @Test func drawsAForestPlot() throws {
    let folder = try Folder(["e.csv": Self.estimates])
    let run = try Tool.run("pool", "e.csv", "--rows", "100", "--svg", "e.svg", "--quiet", in: folder)
    #expect(run.status == 0 && run.standardOutput.hasSuffix("pooled over 5 completed tables\n"))
    let picture = try #require(folder.text(of: "e.svg"))
    for text in [
      "e.csv", "95% intervals over 5 completed tables; filled: fraction of missing information", "party, left",
      "10.1 (7.97 to 12.2)",
    ] {
      #expect(picture.contains(">\(text)</text>"), "\(text)")
    }
    let mixed = try Tool.run("pool", "e.csv", "--svg", "-", in: folder)
    #expect(mixed.status == 64 && mixed.standardError.contains("--svg - and the report would mix on standard output"))
  }

  /// The arithmetic that `pool.scalar` of mice 3.15 prints, with as many digits.
  @Test(arguments: [
    ([], 641.7777778, 0.08180432988), (["--rows", "100", "--parameters", "1"], 78.46633511, 0.10155922718),
  ])
  func jsonHasEveryNumber(_ options: [String], degreesOfFreedom: Double, fraction: Double) throws {
    let run = try Tool.run(["pool", "-", "--json", "--quiet"] + options, input: Self.estimates, in: Folder())
    #expect(run.status == 0 && run.standardError.isEmpty)
    let document = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any]
    #expect(document?["copies"] as? Int == 5)
    let terms = try #require(document?["terms"] as? [[String: Any]])
    #expect(terms.map { $0["term"] as? String } == ["crime", "party, left"])
    let values = [
      "estimate": 10.1, "within": 1.05, "between": 0.075, "total": 1.14, "r": 0.0857142857,
      "degrees_of_freedom": degreesOfFreedom, "fmi": fraction,
    ]
    for (key, value) in values {
      let found = try #require(terms[0][key] as? Double, "\(key)")
      #expect(abs(found - value) <= 1e-9 * value, "\(key)")
    }
    let interval = try #require(terms[0]["interval"] as? [Double])
    #expect(abs(interval[0] + interval[1] - 20.2) < 1e-12)
    // Copies that agree leave the degrees of freedom of a complete table, 100/102 · 99, and 2 / (ν + 3) is missing.
    let share = try #require(terms[1]["fmi"] as? Double)
    #expect(abs(share - (options.isEmpty ? 0 : 2 / (100.0 / 102 * 99 + 3))) < 1e-15)
    #expect((terms[1]["degrees_of_freedom"] is NSNull) == options.isEmpty)
  }

  @Test(arguments: [
    Refusal(64, ["--parameters", "2"], "Error: --parameters counts with --rows only; give both"),
    Refusal(64, ["--rows", "3", "--parameters=-1"], "Error: --parameters -1: expected 0 or more"),
    Refusal(
      64, ["--rows", "3", "--parameters", "3"], "Error: --rows 3: expected more rows than parameters, which are 3"),
  ])
  func usage(_ refusal: Refusal) throws {
    let run = try Tool.run(["pool", "-"] + refusal.arguments, input: Self.estimates, in: Folder())
    #expect(run.status == refusal.status)
    #expect(run.standardError.hasPrefix(refusal.sentence + "\n"))
  }

  @Test(arguments: [
    ("term,estimate\na,1\n", "there is no column variance (term, estimate); pool needs term, estimate and variance", 1),
    ("term,estimate,variance\n,1,1\n", "column term: the term has no name; give it one", 2),
    ("term,estimate,variance\na,1,1\na,,1\n", "column estimate: the cell is empty; write a number", 3),
    (
      "term,estimate,variance\na,\"1,5\",1\n",
      "column estimate: '1,5' is not a number; write decimals with a point", 2
    ),
    ("term,estimate,variance\na,1,-1\n", "column variance: -1.0 is not a variance; write a squared standard error", 2),
    (
      "term,estimate,variance\na,1,1\nb,1,1\na,1,1\n",
      "term b has 1 row and term a has 2; give every term a row for each completed table", 3
    ),
  ])
  func data(_ text: String, _ sentence: String, line: Int) throws {
    let run = try Tool.run("pool", "e.csv", in: Folder(["e.csv": text]))
    #expect(run == Refusal(65, [], "e.csv:\(line): \(sentence)").run)
  }

  @Test(arguments: [
    (
      "a,1,1\n",
      "term a: found 1 copy, expected at least 2, since their spread tells what the missing cells add"
    ), ("a,1,0\na,2,0\n", "term a: all variances are 0; give the squared standard errors of the estimates"),
  ])
  func terms(_ rows: String, _ sentence: String) throws {
    let run = try Tool.run("pool", "e.csv", in: Folder(["e.csv": "term,estimate,variance\n" + rows]))
    #expect(run == Refusal(65, [], "e.csv: \(sentence)").run)
  }
}
