internal import Latent

extension FitPlan {
  /// The plan for people: how long, how much memory, what grows.
  var text: String {
    var facts = self.facts
    facts.append(["time", "\(time), measured"])
    facts.append(["memory", "\(Self.shown(bytes: size.bytes)) for each thread, besides the program itself"])
    if hasHiddenCells {
      facts.append([
        "different cases",
        "\(size.instances) of \(size.components); a case is what is missing together in a row, and what is known beside it",
      ])
      guard !size.largestClique.isEmpty else {
        facts.append(["what grows", growth])
        return facts.text
      }
      facts.append([
        "largest table", "\(listed(size.largestClique)): \(fixed(size.largestCliqueCells, 0)) joint states",
      ])
    }
    facts.append(["what grows", growth])
    return facts.text
  }

  /// What the plan rests on, in the terms of the E-step.
  var internals: String {
    var facts = TextTable([("", .left), ("", .left)])
    if hasHiddenCells {
      facts.append(["engine", "\(engine): exact sums over distinct hidden components"])
      facts.append([
        "hidden components",
        "\(size.components) in all rows, \(size.instances) distinct, of \(counted(size.shapes, "shape"))",
      ])
      facts.append([
        "nodes", "\(size.nodes) with \(counted(size.cells, "cell")), computed in \(counted(size.groups, "group"))",
      ])
    } else {
      facts.append(["engine", "\(engine): nothing is hidden"])
    }
    facts.append(["counted once", "\(fixed(constantShare * 100, 1)) % of the family counts"])
    facts.append(["time to compile", "\(Self.shown(seconds: compileSeconds)), measured"])
    facts.append(["time per iteration", "\(Self.shown(seconds: iterationSeconds)), measured"])
    return facts.text
  }

  private var facts: TextTable {
    var facts = TextTable([("", .left), ("", .left)])
    facts.append(["rows", "\(summary.rowCount), \(summary.completeRows) of them complete"])
    if size.weight != Double(summary.rowCount) { facts.append(["weight", "\(size.weight)"]) }
    facts.append(["missing cells", "\(summary.missingCells)"])
    if !latent.isEmpty { facts.append(["latent variables", latent.joined(separator: ", ")]) }
    facts.append(["free parameters", "\(freeParameters)"])
    return facts
  }

  /// How long the fit takes, and what that rests on.
  private var time: String {
    let number = starts > 1 ? "\(starts) starts" : "one start"
    let together = threads > 1 && starts > 1 ? ", \(min(threads, starts)) at a time" : ""
    guard let iterations = trialIterations else {
      return "about \(Self.shown(seconds: seconds(iterations: 100))) for every 100 iterations of \(number)\(together); "
        + "how many it takes, only the fit can tell"
    }
    return "about \(Self.shown(seconds: seconds(iterations: iterations))) for \(number)\(together): one took "
      + counted(iterations, "iteration")
  }

  /// What time and memory grow with.
  private var growth: String {
    guard hasHiddenCells else { return "nothing: every cell is counted once, when it is read" }
    guard size.openRows > 0 else {
      return "time and memory, with the different cases; rows that repeat one cost next to nothing"
    }
    return "time and memory, with the rows: \(size.openRows) have numbers beside something missing, as no other row has"
  }

  private static func shown(bytes: Int) -> String {
    bytes < 1 << 20 ? "\(fixed(Double(bytes) / 1024, 1)) KiB" : "\(fixed(Double(bytes) / 1_048_576, 1)) MiB"
  }

  private static func shown(seconds: Double) -> String {
    switch seconds {
    case ..<0.001: "\(fixed(seconds * 1e6, 0)) µs"
    case ..<1: "\(fixed(seconds * 1e3, seconds < 0.01 ? 1 : 0)) ms"
    case ..<100: "\(fixed(seconds, 1)) s"
    case ..<6000: "\(fixed(seconds / 60, 0)) min"
    default: "\(fixed(seconds / 3600, 1)) h"
    }
  }
}
