internal import Latent

/// What `fit` would do with a model and a table.
struct FitPlan {
  let summary: TableSummary
  let latent: [String]
  let size: CircuitSize
  let completion: CompletionPolicy
  let freeParameters: Int
  let starts: Int
  let threads: Int
  /// How long it took to read the rows.
  let readSeconds: Double
  let compileSeconds: Double
  let iterationSeconds: Double
  /// How many iterations a random start took; nil where it was not done when enough had been measured.
  let trialIterations: Int?

  /// Whether any row has a hidden cell that the E-step completes.
  var hasHiddenCells: Bool { size.instances > 0 }
  var engine: String { hasHiddenCells ? "components" : "counting" }
  /// The share of family counts that no iteration changes.
  var constantShare: Double { size.familyWeight > 0 ? size.constantFamilyWeight / size.familyWeight : 1 }

  /// The seconds of a fit in which every start takes so many iterations.
  func seconds(iterations: Int) -> Double {
    let rounds = (starts + threads - 1) / threads
    return readSeconds + compileSeconds + iterationSeconds * Double(iterations) * Double(rounds)
  }

  init(_ loaded: LoadedModel, _ data: LoadedTable, readSeconds: Double, _ options: PlanOptions, memory: MemoryLimit)
    throws
  {
    guard data.table.weights.contains(where: { $0 > 0 }) else {
      throw CommandError(.data, "\(displayName(data.path)): every row has weight 0, so there is nothing to learn from")
    }
    let summary = TableSummary(data.table)
    let clock = ContinuousClock()
    let begin = clock.now
    var compiler = CircuitCompiler(loaded.model.structure, completion: options.completion, limit: memory)
    compiler.add(data.sequenced?.table ?? data.table)
    do { try loaded.model.requireVariances(compiler.frame, summary) } catch {
      throw CommandError(.data, "\(displayName(data.path)): \(error)")
    }
    let circuit = try compiler.compile()
    self.readSeconds = readSeconds
    compileSeconds = (clock.now - begin) / .seconds(1)
    var random = SplitMix64(seed: 1)
    let start = loaded.model.randomStart(zeros: .parameters, frame: circuit.frame, using: &random)
    do {
      (iterationSeconds, trialIterations) = try Self.measure(circuit, start)
    } catch InferenceError.impossibleData {
      // Only zeros of fixed tables can rule a row out of a random start, and they rule it out of every start.
      throw try ImpossibleRowsMessage(start, data, model: loaded.path, memory: memory).error
    }
    size = circuit.size
    completion = options.completion
    self.summary = summary
    let hidden = latentVariables(loaded, data)
    latent = hidden.map { loaded.model.schema[$0].name }
    starts = options.starts ?? StartPolicy.standardCount(for: loaded.model, hasLatent: !hidden.isEmpty)
    threads = options.threads
    freeParameters = loaded.model.freeParameterCount(zeros: .parameters)
  }

  /// The median time of an iteration of the loop that `fit` runs, in seconds, and how many of them a start took.
  private static func measure(
    _ circuit: Circuit, _ start: BayesianNetwork
  ) throws -> (seconds: Double, iterations: Int?) {
    let clock = ContinuousClock()
    var engine = ComponentEngine(circuit)
    var times: [ContinuousClock.Instant] = []
    let fit = try ExpectationMaximization().fit(start, with: &engine) { _ in
      times.append(clock.now)
      return times.count > 3 && times[times.count - 1] - times[0] > .milliseconds(500) ? .stop : .proceed
    }
    let seconds = zip(times.dropFirst(), times).map { ($0 - $1) / .seconds(1) }.sorted()
    return (seconds[seconds.count / 2], fit.outcome == .converged ? fit.iterations : nil)
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
      "memory_bytes": .integer(size.bytes), "read_seconds": .number(readSeconds),
      "compile_seconds": .number(compileSeconds),
      "seconds_per_iteration": .number(iterationSeconds), "starts": .integer(starts),
      "iterations_of_a_start": trialIterations.map { .integer($0) } ?? .null,
      "seconds": trialIterations.map { .number(seconds(iterations: $0)) } ?? .null,
    ]
  }
}
