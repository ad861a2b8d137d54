import LatentData
import LatentDrawing
import LatentInference
import LatentLearning
import LatentModels
import Testing

/// What a person reads on the board, and what does not fit on it.
@Suite struct WalkthroughTextTests {
  /// The numbers are those of the calculation by hand in `WalkthroughTests`.
  @Test func theTextOfTheFirstIteration() throws {
    let (start, table) = try WalkthroughTests.problem()
    let text = try Walkthrough(start: start, table: table, iterations: 1).text
    let expected = """
      Start: 4 distinct rows of total weight 33

          bloc  θ_0(1)  θ_0(2)
                0.5000  0.5000

          A | bloc  θ_0(yes)  θ_0(no)
          bloc=1      0.7500   0.2500
          bloc=2      0.2500   0.7500

          B | bloc  θ_0(yes)  θ_0(no)
          bloc=1      0.5000   0.5000
          bloc=2      0.2500   0.7500

        ℓ(θ_0) = −46.1108

      Iteration 1

        E-step: q_0(hidden) = p(hidden | observed, θ_0) for each distinct row

          row  weight  observed     bloc=1  bloc=2
            1      14  A=yes B=yes  0.8571  0.1429
            2       3  A=yes B=no   0.6667  0.3333
            3       5  A=no B=yes   0.4000  0.6000
            4      11  A=no B=no    0.1818  0.8182

        Expected counts: N(x, parents) = Σ weight · q_0
        M-step: θ_1(x | parents) = N(x, parents) / Σ_x N(x, parents)

          bloc     N(1)     N(2)  θ_1(1)  θ_1(2)
                18.0000  15.0000  0.5455  0.4545

          A | bloc   N(yes)    N(no)  θ_1(yes)  θ_1(no)
          bloc=1    14.0000   4.0000    0.7778   0.2222
          bloc=2     3.0000  12.0000    0.2000   0.8000

          B | bloc   N(yes)    N(no)  θ_1(yes)  θ_1(no)
          bloc=1    14.0000   4.0000    0.7778   0.2222
          bloc=2     5.0000  10.0000    0.3333   0.6667

        ℓ(θ_0) = −46.1108  ≤  F(q_0, θ_1) = −42.6287  ≤  ℓ(θ_1) = −41.9909
        gap ℓ(θ_1) − F(q_0, θ_1) = Σ weight · KL(q_0 ‖ q_1) = 0.6378, closed by the next E-step

      """
    #expect(text == expected)
  }

  @Test func noIterationsShowTheStart() throws {
    let (start, table) = try WalkthroughTests.problem()
    let text = try Walkthrough(start: start, table: table, iterations: 0).text
    #expect(text.hasSuffix("\n  ℓ(θ_0) = −46.1108\n"))
    #expect(!text.contains("Iteration"))
    let rest = try Walkthrough(start: start, table: table, iterations: 2).text
    #expect(rest.hasPrefix(text))
    #expect(rest.contains("\n  ℓ(θ_1) = −41.9909  ≤  F(q_1, θ_2) = "))
  }

  /// a -> b -> c with rows with different missing cells, c without a column, a fixed table and a state of a that nobody has.
  private func problemWithMissingCells() throws -> (start: BayesianNetwork, table: Table) {
    let start = try network(
      ["a", "b", "c"], states: [3, 2, 2], parents: ["b": ["a"], "c": ["b"]],
      tables: [[0.5, 0.5, 0], [0.5, 0.5, 0.25, 0.75, 0.1, 0.9], [0.5, 0.5, 0.3, 0.7]], fixed: [2])
    let table = try Table(
      schema: start.schema, columns: [.codes([0, -1, 0, -1]), .codes([0, 1, -1, -1]), .absent],
      weights: [1, 2.5, 1, 1])
    return (start, table)
  }

  @Test func rowsWithDifferentMissingCellsUnderMinimalCompletion() throws {
    let (start, table) = try problemWithMissingCells()
    let text = try Walkthrough(start: start, table: table, iterations: 1).text
    let expected = """
        Hidden cells without an observed descendant are left out.

          row  weight  observed  nothing hidden
            1       1  a=0 b=0           1.0000
            3       1  a=0               1.0000
            4       1  nothing           1.0000

          row  weight  observed     a=0     a=1     a=2
            2  2.5000  b=1       0.4000  0.6000  0.0000

        Expected counts: N(x, parents) = Σ weight · q_0
        M-step: θ_1(x | parents) = N(x, parents) / Σ_x N(x, parents)

          a    N(0)    N(1)    N(2)  θ_1(0)  θ_1(1)  θ_1(2)
             3.0000  1.5000  0.0000  0.6667  0.3333  0.0000

          b | a    N(0)    N(1)  θ_1(0)  θ_1(1)
          a=0    1.0000  1.0000  0.5000  0.5000
          a=1    0.0000  1.5000  0.0000  1.0000
          a=2    0.0000  0.0000  0.1000  0.9000  no count: kept

          c | b    N(0)    N(1)  θ_1(0)  θ_1(1)
          b=0    0.0000  0.0000  0.5000  0.5000  fixed
          b=1    0.0000  0.0000  0.3000  0.7000  fixed
      """
    #expect(text.contains(expected), "\(text)")
  }

  @Test func fullCompletionAndAPrior() throws {
    let (start, table) = try problemWithMissingCells()
    let prior = Model(start, name: "").dirichletPrior(pseudoCount: 0.5, zeros: .structural)
    let text = try Walkthrough(start: start, table: table, iterations: 1, completion: .full, prior: prior).text
    let expected = """
          row  weight  observed  b=0 c=0  b=0 c=1  b=1 c=0  b=1 c=1
            3       1  a=0        0.2500   0.2500   0.1500   0.3500
      """
    #expect(text.contains(expected), "\(text)")
    #expect(!text.contains("left out"))
    #expect(text.contains("\n    a    N(0)    N(1)    N(2)    α(0)    α(1)    α(2)  θ_1(0)  θ_1(1)  θ_1(2)\n"))
    #expect(text.contains("M-step: θ_1(x | parents) = (N + α) / Σ_x (N + α) with the pseudo-counts α of the prior"))
    #expect(text.contains("\n  ℓ(θ_0) + Σ α log θ_0 = −"))
    // The nothing of row 4 goes through all 12 joint states, in parts that fit a line.
    #expect(text.contains("\n      4       1  nothing        0.1250"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 110 })
  }

  @Test func tinyGapsAreNotZero() throws {
    let (start, table) = try WalkthroughTests.problem()
    let walkthrough = try Walkthrough(start: start, table: table, iterations: 12)
    let gap = try #require(walkthrough.steps.last?.gap)
    #expect(gap > 0 && gap < 5e-5)
    #expect(walkthrough.text.contains("e−"))
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let names = (0..<7).map { "v\($0)" }
    let start = try network(names, tables: names.map { _ in [0.5, 0.5] })
    let rows = (0..<50).map { row in (0..<7).map { StateCode(row >> $0 & 1) as StateCode? } }
    let doubled = table(of: start, rows.flatMap { [$0, $0] })
    expectRefusal(
      .tooManyRows(row: 80, limit: 40),
      "row 81 is distinct row 41 of the table, and at most 40 are explained; select fewer rows or variables"
    ) { try Walkthrough(start: start, table: doubled, iterations: 1) }

    let empty = table(of: start, [rows[0], [0] + names.dropFirst().map { _ in nil }, names.map { _ in nil }])
    expectRefusal(
      .tooManyCompletions(128, row: 2, limit: 64),
      "the hidden cells of row 3 have 128 joint states, and at most 64 are explained; select rows with fewer missing cells "
        + "or a model with fewer hidden variables"
    ) { try Walkthrough(start: start, table: empty, iterations: 1, completion: .full) }
    // Left out, the same cells need no place.
    #expect(try Walkthrough(start: start, table: empty, iterations: 1).rows.count == 3)

    let wide = try network(
      ["a", "b"], states: [60, 2], parents: ["b": ["a"]],
      tables: [[1] + [Double](repeating: 0, count: 59), (0..<60).flatMap { _ in [1.0, 0] }])
    expectRefusal(
      .tooManyTableRows(61, limit: 60),
      "the tables of the model have 61 rows together, and at most 60 are explained; take a model with fewer "
        + "variables or parents"
    ) { try Walkthrough(start: wide, table: table(of: wide, [[0, 0]]), iterations: 1) }

    let certain = try network(["a", "b"], parents: ["b": ["a"]], tables: [[0.5, 0.5], [1, 0, 1, 0]])
    expectRefusal(
      .impossibleRow(1),
      "the observed cells of row 2 have probability 0 under the model; correct them or replace zeros in the tables"
    ) { try Walkthrough(start: certain, table: table(of: certain, [[nil, 0], [nil, 1]]), iterations: 1) }
  }

  private func expectRefusal(
    _ expected: WalkthroughError, _ sentence: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ make: () throws -> Walkthrough
  ) {
    #expect(throws: expected, sourceLocation: sourceLocation) { _ = try make() }
    #expect("\(expected)" == sentence, sourceLocation: sourceLocation)
  }
}
