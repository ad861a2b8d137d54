internal import Latent

/// What the graph of a model says about its missing cells, and what rows say about that.
struct MissingnessReasoning {
  private let graph: MissingnessGraph
  private let implications: [MissingnessGraph.Implication]
  /// Nil without rows.
  private let tests: [ImplicationTest]?
  private let question: Question?

  /// A conditional distribution that was asked for.
  private struct Question {
    let asked: [Int]
    let given: [Int]
    let answer: Recoverability
  }

  /// - table: rows with indicators, if there are any.
  init(_ model: Model, table: Table?, of asked: [String], given: [String]) throws {
    let graph = MissingnessGraph(model)
    func nodes(_ names: [String], _ option: String) throws -> [Int] {
      try model.schema.variables(names, option: option).map { id in
        guard graph.variables.contains(id.index) else {
          throw CommandError(
            .usage,
            "\(option): \(model.schema[id].name) is never observed or an indicator; name a variable with a column")
        }
        return id.index
      }
    }
    let (asked, given) = (try nodes(asked, "--of"), try nodes(given, "--given"))
    if let name = asked.first(where: given.contains).map({ graph.names[$0] }) {
      throw CommandError(.usage, "--given: \(name) is asked for, too; name it once")
    }
    question =
      asked.isEmpty ? nil : Question(asked: asked, given: given, answer: graph.recoverability(of: asked, given: given))
    self.graph = graph
    implications = graph.testableImplications
    tests = table.map { ImplicationTest.all(graph.testableImplications, in: $0) }
  }

  private func names(_ nodes: [Int]) -> String { nodes.map { graph.names[$0] }.joined(separator: ", ") }

  private func distribution(_ asked: [Int], _ given: [Int]) -> String {
    "p(\(names(asked))\(given.isEmpty ? "" : " | \(names(given))"))"
  }
}

/// The report for people.
extension MissingnessReasoning {
  private static let classes: [MissingnessGraph.MechanismClass: String] = [
    .completelyAtRandom: "missing completely at random", .atRandom: "missing at random",
    .notAtRandom: "missing not at random",
  ]

  var text: String {
    var facts = TextTable([("", .left), ("", .left)])
    if graph.indicators.isEmpty {
      facts.append(["missing cells", "the model has no 'missingness', so that all of them can be ignored"])
    } else {
      let mechanism = graph.mechanismClass
      facts.append(["missing cells", "\(mechanism.rawValue), \(Self.classes[mechanism] ?? "")"])
    }
    for indicator in graph.indicators {
      let parents = graph.parents[indicator]
      facts.append([
        "  \(graph.names[indicator])",
        "\(graph.mechanismClass(of: indicator).rawValue), \(parents.isEmpty ? "depends on nothing" : "depends on \(names(parents))")",
      ])
    }
    if !graph.latent.isEmpty { facts.append(["never observed", names(graph.latent)]) }
    facts.append([distribution(graph.variables, []), sentence(graph.jointRecoverability)])
    if let question { facts.append([distribution(question.asked, question.given), sentence(question.answer)]) }
    return facts.text + "\n" + implicationText
  }

  private func sentence(_ answer: Recoverability) -> String {
    switch answer {
    case .recoverable(let estimand): "recoverable: \(estimand.text(in: graph))"
    case .byTheJoint(let estimand): "recoverable from the joint distribution, \(estimand.text(in: graph))"
    case .notRecoverable(let obstacle): "not recoverable from the graph alone: \(obstacle.text(in: graph))"
    case .undecided: "not decided by the criteria that are implemented"
    }
  }

  private var implicationText: String {
    guard !implications.isEmpty else { return "the graph implies nothing that rows could refute\n" }
    guard let tests else {
      let lines = implications.map { "\($0.text(in: graph))\n" }.joined()
      return "the graph implies, and rows can refute:\n" + lines
    }
    var table = TextTable([("G", .right), ("df", .right), ("p", .right), ("the graph implies", .left)])
    for implication in implications {
      let test = tests.first { $0.implication == implication }
      table.append([
        test.map { fixed($0.statistic, 2) } ?? "-", test.map { "\($0.degreesOfFreedom)" } ?? "-",
        test.map { Numerals.significant($0.adjustedPValue, digits: 2) } ?? "-", implication.text(in: graph),
      ])
    }
    let refuted = tests.count { $0.adjustedPValue < MissingnessReport.level }
    return table.text
      + "\(refuted) of \(counted(tests.count, "test")) \(refuted == 1 ? "speaks" : "speak") against the graph "
      + "(p < \(MissingnessReport.level) after Holm's adjustment)\n"
  }
}

/// The report for other programs.
extension MissingnessReasoning {
  var json: JSONValue {
    [
      "mechanism": graph.indicators.isEmpty ? .null : .text(graph.mechanismClass.rawValue),
      "indicators": .list(
        graph.indicators.map {
          [
            "name": .text(graph.names[$0]), "mechanism": .text(graph.mechanismClass(of: $0).rawValue),
            "parents": .texts(graph.parents[$0].map { graph.names[$0] }),
          ]
        }),
      "latent_variables": .texts(graph.latent.map { graph.names[$0] }),
      "joint": Self.entry(distribution(graph.variables, []), graph.jointRecoverability, graph),
      "conditional": question.map { Self.entry(distribution($0.asked, $0.given), $0.answer, graph) } ?? .null,
      "implications": .list(implications.map(entry)),
    ]
  }

  private static func entry(_ name: String, _ answer: Recoverability, _ graph: MissingnessGraph) -> JSONValue {
    switch answer {
    case .recoverable(let estimand), .byTheJoint(let estimand):
      [
        "distribution": .text(name), "recoverable": .flag(true), "estimand": .text(estimand.text(in: graph)),
        "reason": .null,
      ]
    case .notRecoverable(let obstacle):
      [
        "distribution": .text(name), "recoverable": .flag(false), "estimand": .null,
        "reason": .text(obstacle.text(in: graph)),
      ]
    case .undecided:
      ["distribution": .text(name), "recoverable": .null, "estimand": .null, "reason": .null]
    }
  }

  private func entry(_ implication: MissingnessGraph.Implication) -> JSONValue {
    let test = tests?.first { $0.implication == implication }
    return [
      "first": .text(graph.names[implication.first]), "second": .text(graph.names[implication.second]),
      "given": .texts(implication.given.map { graph.names[$0] }),
      "observed": .texts(implication.observed.map { graph.names[$0] }),
      "statistic": test.map { .number($0.statistic) } ?? .null,
      "degrees_of_freedom": test.map { .integer($0.degreesOfFreedom) } ?? .null,
      "p_value": test.map { .number($0.pValue) } ?? .null,
      "adjusted_p_value": test.map { .number($0.adjustedPValue) } ?? .null,
    ]
  }
}
