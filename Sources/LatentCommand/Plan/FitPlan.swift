internal import Latent

/// What `fit` would do with a model and a table.
struct FitPlan {
  let summary: TableSummary
  let latent: [String]
  let size: CircuitSize
  let completion: CompletionPolicy
  let freeParameters: Int
  let compileSeconds: Double
  let iterationSeconds: Double

  /// Whether any row has a hidden cell that the E-step completes.
  var hasHiddenCells: Bool { size.instances > 0 }
  var engine: String { hasHiddenCells ? "components" : "counting" }
  /// The share of family counts that no iteration changes.
  var constantShare: Double { size.familyWeight > 0 ? size.constantFamilyWeight / size.familyWeight : 1 }

  init(_ loaded: LoadedModel, _ data: LoadedTable, completion: CompletionPolicy, memory: MemoryLimit) throws {
    guard data.table.weights.contains(where: { $0 > 0 }) else {
      throw CommandError(.data, "\(displayName(data.path)): every row has weight 0, so there is nothing to learn from")
    }
    let summary = TableSummary(data.table)
    let clock = ContinuousClock()
    let begin = clock.now
    var compiler = CircuitCompiler(loaded.model.structure, completion: completion, limit: memory)
    compiler.add(data.table)
    do { try loaded.model.requireVariances(compiler.frame, summary) } catch {
      throw CommandError(.data, "\(displayName(data.path)): \(error)")
    }
    let circuit = try compiler.compile()
    compileSeconds = (clock.now - begin) / .seconds(1)
    var random = SplitMix64(seed: 1)
    let start = loaded.model.randomStart(zeros: .parameters, frame: circuit.frame, using: &random)
    do {
      iterationSeconds = try Self.measure(circuit, start)
    } catch InferenceError.impossibleData {
      // Only zeros of fixed tables can rule a row out of a random start, and they rule it out of every start.
      throw try ImpossibleRowsMessage(start, data, model: loaded.path, memory: memory).error
    }
    size = circuit.size
    self.completion = completion
    self.summary = summary
    latent = latentVariables(loaded, data).map { loaded.model.schema[$0].name }
    freeParameters = loaded.model.freeParameterCount(zeros: .parameters)
  }

  /// The median time of a few iterations of the loop that `fit` runs, in seconds.
  private static func measure(_ circuit: Circuit, _ start: BayesianNetwork) throws -> Double {
    let clock = ContinuousClock()
    var engine = ComponentEngine(circuit)
    var times: [ContinuousClock.Instant] = []
    let loop = ExpectationMaximization(stopping: StoppingRule(maximumIterations: 100, tolerance: 0))
    _ = try loop.fit(start, with: &engine) { _ in
      times.append(clock.now)
      return times.count > 3 && times[times.count - 1] - times[0] > .milliseconds(300) ? .stop : .proceed
    }
    let seconds = zip(times.dropFirst(), times).map { ($0 - $1) / .seconds(1) }.sorted()
    return seconds[seconds.count / 2]
  }

  /// The plan for people.
  var text: String {
    var facts = TextTable([("", .left), ("", .left)])
    facts.append(["rows", "\(summary.rowCount), \(summary.completeRows) of them complete"])
    if size.weight != Double(summary.rowCount) { facts.append(["weight", "\(size.weight)"]) }
    facts.append(["missing cells", "\(summary.missingCells)"])
    if !latent.isEmpty { facts.append(["latent variables", latent.joined(separator: ", ")]) }
    facts.append(["free parameters", "\(freeParameters)"])
    if hasHiddenCells {
      facts.append(["engine", "\(engine): exact sums over distinct hidden components"])
      facts.append([
        "hidden components",
        "\(size.components) in all rows, \(size.instances) distinct, of \(counted(size.shapes, "shape"))",
      ])
      facts.append([
        "nodes", "\(size.nodes) with \(counted(size.cells, "cell")), computed in \(counted(size.groups, "group"))",
      ])
      facts.append([
        "largest clique",
        "\(size.largestClique.joined(separator: ", ")): \(fixed(size.largestCliqueCells, 0)) joint states",
      ])
    } else {
      facts.append(["engine", "\(engine): nothing is hidden, one iteration finds the maximum"])
    }
    facts.append(["counted once", "\(fixed(constantShare * 100, 1)) % of the family counts"])
    facts.append(["memory", "\(Self.shown(bytes: size.bytes)) per thread"])
    facts.append(["time to compile", "\(Self.shown(seconds: compileSeconds)), measured"])
    facts.append(["time per iteration", "\(Self.shown(seconds: iterationSeconds)), measured"])
    return facts.text
  }

  private static func shown(bytes: Int) -> String {
    bytes < 1 << 20 ? "\(fixed(Double(bytes) / 1024, 1)) KiB" : "\(fixed(Double(bytes) / 1_048_576, 1)) MiB"
  }

  private static func shown(seconds: Double) -> String {
    switch seconds {
    case ..<0.001: "\(fixed(seconds * 1e6, 0)) µs"
    case ..<1: "\(fixed(seconds * 1e3, 1)) ms"
    default: "\(fixed(seconds, 2)) s"
    }
  }
}

extension FitPlan {
  /// The plan for other programs.
  var json: JSONValue {
    [
      "engine": .text(engine), "completion": .text(completion.rawValue),
      "rows": .integer(summary.rowCount), "complete_rows": .integer(summary.completeRows),
      "incomplete_rows": .integer(summary.incompleteRows), "missing_cells": .integer(summary.missingCells),
      "total_weight": .number(size.weight), "latent_variables": .texts(latent),
      "free_parameters": .integer(freeParameters), "components": .integer(size.components),
      "distinct_components": .integer(size.instances), "shapes": .integer(size.shapes),
      "nodes": .integer(size.nodes), "groups": .integer(size.groups), "cells": .integer(size.cells),
      "operations": .integer(size.operations), "largest_clique": .texts(size.largestClique),
      "largest_clique_states": .number(size.largestCliqueCells), "constant_share": .number(constantShare),
      "memory_bytes": .integer(size.bytes), "compile_seconds": .number(compileSeconds),
      "seconds_per_iteration": .number(iterationSeconds),
    ]
  }
}
