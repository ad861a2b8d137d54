internal import LatentData
public import LatentLearning
internal import LatentModels

extension Walkthrough {
  /// The walkthrough as lines of text with aligned tables, numbers with four decimals, ended by a line break.
  ///
  /// Lines are kept below 100 characters where names allow it.
  public var text: String {
    var lines = opening
    for step in steps { lines += [""] + self.lines(of: step) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let pageWidth = 100
  /// How many spaces stand before the lines of a table.
  private static let indent = 4

  private var opening: [String] {
    let weight = rows.reduce(0) { $0 + $1.weight }
    let count = rows.count == 1 ? "1 distinct row" : "\(rows.count) distinct rows"
    var lines = ["Start: \(count) of total weight \(BoardNumber.weight(weight))"]
    for id in schema.ids { lines += [""] + tableLines(of: id, step: nil) }
    return lines + ["", "  ℓ(θ_0) = \(BoardNumber.fixed(startLogLikelihood))"]
  }

  private func lines(of step: Step) -> [String] {
    let (before, now) = ("\(step.number - 1)", "\(step.number)")
    var lines = ["Iteration \(now)", ""]
    lines.append("  E-step: q_\(before)(hidden) = p(hidden | observed, θ_\(before)) for each distinct row")
    if rows.contains(where: { row in row.cells.count { $0 < 0 } > row.hidden.count }) {
      lines.append("  Hidden cells without an observed descendant are left out.")
    }
    for hidden in patterns { lines += [""] + posteriorLines(hidden, step) }
    lines += ["", "  Expected counts: N(x, parents) = Σ weight · q_\(before)"]
    if prior == nil {
      lines.append("  M-step: θ_\(now)(x | parents) = N(x, parents) / Σ_x N(x, parents)")
    } else {
      lines.append("  M-step: θ_\(now)(x | parents) = (N + α) / Σ_x (N + α) with the pseudo-counts α of the prior")
    }
    for id in schema.ids { lines += [""] + tableLines(of: id, step: step) }
    return lines + [""] + likelihoodLines(of: step)
  }

  private func likelihoodLines(of step: Step) -> [String] {
    let (before, now) = ("\(step.number - 1)", "\(step.number)")
    let last = step.number == 1 ? startLogLikelihood : steps[step.number - 2].logLikelihood
    let values = [
      "ℓ(θ_\(before)) = \(BoardNumber.fixed(last))",
      "F(q_\(before), θ_\(now)) = \(BoardNumber.fixed(step.bound))",
      "ℓ(θ_\(now)) = \(BoardNumber.fixed(step.logLikelihood))",
    ]
    var lines = ["  " + values.joined(separator: prior == nil ? "  ≤  " : "    ")]
    if prior != nil {
      let objectives = [step.number - 1, step.number].map {
        "ℓ(θ_\($0)) + Σ α log θ_\($0) = \(BoardNumber.fixed(objective(after: $0)))"
      }
      lines.append("  " + objectives.joined(separator: "  ≤  "))
    }
    lines.append(
      "  gap ℓ(θ_\(now)) − F(q_\(before), θ_\(now)) = Σ weight · KL(q_\(before) ‖ q_\(now)) = "
        + "\(BoardNumber.small(step.gap)), closed by the next E-step")
    return lines
  }

  private var schema: Schema { start.schema }

  /// The different sets of hidden cells, in the order of their first row.
  private var patterns: [[VariableID]] {
    var patterns: [[VariableID]] = []
    for row in rows where !patterns.contains(row.hidden) { patterns.append(row.hidden) }
    return patterns
  }

  /// The distinct rows with these hidden cells, a line each, and q over their joint states.
  private func posteriorLines(_ hidden: [VariableID], _ step: Step) -> [String] {
    let numbers = rows.indices.filter { rows[$0].hidden == hidden }
    let observed = numbers.map { number in
      let cells = schema.ids.filter { rows[number].cells[$0.index] >= 0 }
      return cells.isEmpty
        ? "nothing" : cells.map { label($0, Int(rows[number].cells[$0.index])) }.joined(separator: " ")
    }
    let states = jointStates(hidden)
    var table = TextTable(
      [("row", .right), ("weight", .right), ("observed", .left)] + states.map { ($0, .right) })
    for (number, observed) in zip(numbers, observed) {
      table.append(
        ["\(number + 1)", BoardNumber.weight(rows[number].weight), observed]
          + step.posteriors[number].map { BoardNumber.fixed($0) })
    }
    return table.lines(repeating: 3, indent: Self.indent, pageWidth: Self.pageWidth)
  }

  /// `A=yes B=no` for every joint state, the last variable fastest.
  private func jointStates(_ hidden: [VariableID]) -> [String] {
    guard !hidden.isEmpty else { return ["nothing hidden"] }
    var labels: [String] = []
    for id in hidden {
      let states = schema[id].states.indices.map { label(id, $0) }
      labels = labels.isEmpty ? states : labels.flatMap { first in states.map { "\(first) \($0)" } }
    }
    return labels
  }

  /// The table of a variable: N and θ_t after a step, θ_0 at the start. A row per configuration of the parents.
  private func tableLines(of id: VariableID, step: Step?) -> [String] {
    let structure = start.structure
    let family = structure.family(of: id)
    let names = family.parents.map { schema[$0].name }
    let title = schema[id].name + (names.isEmpty ? "" : " | " + names.joined(separator: ", "))
    let configurations = 0..<family.configurations
    var blocks = [("θ_0", start.parameters)]
    var notes = configurations.map { _ in "" }
    if let step {
      blocks = [("N", step.counts.values)] + (prior.map { [("α", $0.values)] } ?? [])
      blocks.append(("θ_\(step.number)", step.model.parameters))
      notes = configurations.map { note(id, $0, step) }
    }
    let hasNotes = notes.contains { !$0.isEmpty }
    let states = schema[id].states
    var table = TextTable(
      [(title, .left)] + blocks.flatMap { letter, _ in states.map { ("\(letter)(\($0))", .right) } }
        + (hasNotes ? [("", .left)] : []))
    for configuration in configurations {
      let row = family.parameters(in: configuration)
      let numbers = blocks.flatMap { _, values in values[row].map { BoardNumber.fixed($0) } }
      let label = structure.describe(configuration: configuration, of: id)
      table.append([label] + numbers + (hasNotes ? [notes[configuration]] : []))
    }
    return table.lines(repeating: 1, indent: Self.indent, pageWidth: Self.pageWidth)
  }

  /// Why a row of a table did not follow its counts; empty where it did.
  private func note(_ id: VariableID, _ configuration: Int, _ step: Step) -> String {
    if start.fixed.contains(id) { return "fixed" }
    var statistics = step.counts
    if let prior { statistics += prior }
    let isUnseen = start.unseenConfigurations(in: statistics).contains { $0 == (id, configuration) }
    return isUnseen ? "no count: kept" : ""
  }

  private func label(_ id: VariableID, _ state: Int) -> String { "\(schema[id].name)=\(schema[id].states[state])" }
}
