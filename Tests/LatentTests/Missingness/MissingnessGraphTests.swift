import Latent
import LatentKernels
import LatentTestSupport
import Testing

/// The m-graphs of Mohan, Pearl and Tian (2013) and of Mohan and Pearl (2014, 2021), with what these papers say of them.
@Suite struct MissingnessGraphTests {
  /// Variables with two states, edges, latent variables, and what indicators depend on.
  struct Example: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var variables = ["x", "y"]
    var edges: [String] = []
    var latent: [String] = []
    var mechanisms: [(String, [String])]

    func model() throws -> Model {
      let variables = self.variables.map { (name: $0, declaration: ["n", "y"] as VariableDeclaration) }
      let hidden = latent.map { (name: $0, declaration: VariableDeclaration.latent(2)) }
      return try Model(variables: variables + hidden, edges: edges)
        .withIndicators(mechanisms.map { MissingnessMechanism($0.0, dependsOn: $0.1) })
    }
  }

  static let recoverable: [(Example, MissingnessGraph.MechanismClass, String)] = [
    (
      Example(testDescription: "MCAR", edges: ["x -> y"], mechanisms: [("y", [])]), .completelyAtRandom,
      "p(x, y, m_y=observed) / p(m_y=observed)"
    ),
    (
      Example(testDescription: "MAR", edges: ["x -> y"], mechanisms: [("y", ["x"])]), .atRandom,
      "p(x, y, m_y=observed) / p(m_y=observed | x)"
    ),
    (
      Example(testDescription: "each for the other", edges: ["x -> y"], mechanisms: [("x", ["y"]), ("y", ["x"])]),
      .notAtRandom,
      "p(x, y, m_x=observed, m_y=observed) / [p(m_x=observed | y, m_y=observed) p(m_y=observed | x, m_x=observed)]"
    ),
    (
      Example(
        testDescription: "one missing because of the other, which is missing at random", variables: ["x", "y"],
        edges: ["x -> y"], mechanisms: [("x", []), ("y", ["x"])]),
      .notAtRandom, "p(x, y, m_x=observed, m_y=observed) / [p(m_x=observed) p(m_y=observed | x, m_x=observed)]"
    ),
    (
      Example(
        testDescription: "dropout: later waves need earlier ones", variables: ["a", "b", "c"],
        edges: ["a -> b", "b -> c"], mechanisms: [("b", ["a"]), ("c", ["b", "m_b"])]),
      .notAtRandom,
      "p(a, b, c, m_b=observed, m_c=observed) / [p(m_b=observed | a) p(m_c=observed | b, m_b=observed)]"
    ),
  ]

  @Test(arguments: recoverable)
  func jointsThatCanBeRecovered(_ example: Example, _ mechanism: MissingnessGraph.MechanismClass, _ text: String) throws
  {
    let graph = MissingnessGraph(try example.model())
    #expect(graph.mechanismClass == mechanism)
    guard case .recoverable(let estimand) = graph.jointRecoverability else {
      Issue.record("\(graph.jointRecoverability)")
      return
    }
    #expect(estimand.text(in: graph) == text)
  }

  static let barred: [(Example, RecoveryObstacle, String)] = [
    (
      Example(testDescription: "self-masking", edges: ["x -> y"], mechanisms: [("y", ["y"])]), .edge(variable: 1),
      "y itself decides whether it is missing"
    ),
    (
      Example(
        testDescription: "a latent cause of both", edges: ["x -> y", "u -> y"], latent: ["u"],
        mechanisms: [("y", ["u"])]), .commonCause(variable: 1), "something latent influences y and m_y"
    ),
    (
      Example(
        testDescription: "a path of colliders", edges: ["x -> y", "u -> y"], latent: ["u"], mechanisms: [("x", ["u"])]),
      .colliderPath(variable: 0, through: [1]), "a path of colliders leads from x to m_x: y"
    ),
  ]

  @Test(arguments: barred)
  func jointsThatCannotBeRecovered(_ example: Example, _ obstacle: RecoveryObstacle, _ text: String) throws {
    let graph = MissingnessGraph(try example.model())
    #expect(graph.jointRecoverability == .notRecoverable(obstacle))
    #expect(graph.mechanismClass == .notAtRandom)
    #expect(obstacle.text(in: graph) == text)
  }

  /// p(y | x) can be recovered where the joint cannot: x masks itself, and y is independent of that given x.
  @Test func conditionalsMayBeRecoverableWhereTheJointIsNot() throws {
    let graph = MissingnessGraph(
      try Example(testDescription: "", edges: ["x -> y"], mechanisms: [("x", ["x"])]).model())
    #expect(graph.jointRecoverability == .notRecoverable(.edge(variable: 0)))
    guard case .recoverable(let estimand) = graph.recoverability(of: [1], given: [0]) else {
      Issue.record("p(y | x)")
      return
    }
    #expect(estimand.text(in: graph) == "p(y | x, m_x=observed)")
    #expect(graph.recoverability(of: [0], given: [1]) == .notRecoverable(.edge(variable: 0)))
    // y is always observed.
    guard case .recoverable(let marginal) = graph.recoverability(of: [1], given: []) else {
      Issue.record("p(y)")
      return
    }
    #expect(marginal.text(in: graph) == "p(y)")
  }

  /// Σ over what is observed, as under MAR; and a path of colliders does not bar every conditional.
  @Test func conditionalsMaySumOverOthers() throws {
    let mar = MissingnessGraph(try Example(testDescription: "", edges: ["x -> y"], mechanisms: [("y", ["x"])]).model())
    guard case .recoverable(let estimand) = mar.recoverability(of: [1], given: []) else {
      Issue.record("p(y)")
      return
    }
    #expect(estimand.text(in: mar) == "Σ_{x} p(y | x, m_y=observed) p(x)")
    let collider = MissingnessGraph(
      try Example(
        testDescription: "", edges: ["x -> y", "u -> y"], latent: ["u"], mechanisms: [("x", ["u"])]
      ).model())
    guard case .recoverable(let plain) = collider.recoverability(of: [0], given: []) else {
      Issue.record("p(x)")
      return
    }
    #expect(plain.text(in: collider) == "p(x | m_x=observed)")
    #expect(collider.recoverability(of: [0], given: [1]) == .undecided)
  }

  /// The columns of a block of full covariance are connected beside their parents; those of a diagonal one are not.
  @Test(arguments: [("full", false), ("diagonal", true)])
  func blocksConnectTheirColumns(covariance: String, isSeparated: Bool) throws {
    let text = """
      latent: 1
      variables:
        x: {states: [a, b]}
        w: {type: gaussian, columns: [u, v], covariance: \(covariance)}
      edges: [x -> w]
      missingness: {u: {depends_on: [x]}}

      """
    let graph = MissingnessGraph(try ModelFormat.yaml.parse(Array(text.utf8), file: "m.yaml").model)
    #expect(graph.isSeparated([1], from: [2], given: [0]) == isSeparated)
    #expect(graph.isSeparated([3], from: [1, 2], given: [0]))
    #expect(graph.mechanismClass == .atRandom)
  }

  @Test func implicationsCanBeTested() throws {
    let graph = MissingnessGraph(
      try Example(
        testDescription: "", variables: ["x", "y", "z"], edges: ["x -> y", "y -> z"], mechanisms: [("y", ["x"])]
      ).model())
    #expect(
      graph.testableImplications.map { $0.text(in: graph) } == [
        "x and z are independent given y, where y is observed", "z and m_y are independent given x",
      ])
    // What refutes that y masks itself would need its missing cells.
    let masked = MissingnessGraph(
      try Example(testDescription: "", edges: ["x -> y"], mechanisms: [("y", ["y"])]).model())
    #expect(masked.testableImplications.isEmpty)
  }

  /// An implication that holds is refuted in one table of twenty at most; one that does not is found.
  @Test func implicationsAreTested() throws {
    let model = try Model(
      variables: ["x": ["n", "y"], "y": ["n", "y"], "z": ["n", "y"]], edges: ["x -> y", "y -> z"],
      parameters: ["x": [0.5, 0.5], "y": [0.8, 0.2, 0.3, 0.7], "z": [0.9, 0.1, 0.3, 0.7]]
    ).withIndicators([MissingnessMechanism("y", dependsOn: ["x"])])
    var refuted = [0, 0]
    for seed in 0..<300 {
      var random = SplitMix64(seed: UInt64(seed))
      let whole = try #require(model.withoutIndicators.network).sample(rows: 1000, using: &random)
      for (index, cause) in [0, 2].enumerated() {
        let codes = (0..<1000).map { row -> StateCode in
          let rate = whole.code(VariableID(cause), row: row) == 1 ? 0.4 : 0.2
          return Double.random(in: 0..<1, using: &random) < rate ? -1 : whole.code(VariableID(1), row: row)
        }
        let table = try Table(
          schema: model.schema, columns: [whole.columns[0], .codes(codes), whole.columns[2], .absent], rowCount: 1000)
        let tests = ImplicationTest.all(
          MissingnessGraph(model).testableImplications, in: table.recordingMissingness(of: model.codebook))
        #expect(tests.count == 2)
        if tests.contains(where: { $0.adjustedPValue < 0.05 }) { refuted[index] += 1 }
      }
    }
    #expect(refuted[0] <= 27 && refuted[0] >= 4)
    #expect(refuted[1] >= 290)
  }
}
