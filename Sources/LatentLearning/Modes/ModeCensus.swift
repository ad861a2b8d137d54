internal import LatentModels

/// A mode of the likelihood at which starts ended.
public struct FitMode: Hashable, Sendable {
  /// The positions of the starts that ended there, in order.
  public let starts: [Int]
  /// How far the mode is from the best one: how much worse its parameters explain what the best one expects, in nats per
  /// row. 0 for the best mode.
  public let distance: Double
}

/// The modes that starts ended at. Of each mode one fit is kept, whatever the number of starts.
struct ModeCensus<Model: ParametricModel> {
  private var reports: [StartReport] = []
  /// The first fit of each mode.
  private var fits: [Fit<Model>] = []
  /// Fits that came before some of a lower number: modes are told apart in the order of starts, so that they are the
  /// same for any number of threads.
  private var waiting: [Int: (fit: Fit<Model>, report: StartReport)] = [:]

  mutating func add(_ fit: Fit<Model>, _ report: StartReport, _ comparison: FitComparison<Model>) {
    waiting[report.number] = (fit, report)
    while let next = waiting.removeValue(forKey: reports.count) {
      var report = next.report
      report.mode = fits.firstIndex { comparison.areSameMode($0, next.fit) } ?? fits.count
      if report.mode == fits.count { fits.append(next.fit) }
      reports.append(report)
    }
  }

  /// The reports in order, and the modes from best to worst.
  func ranked(_ comparison: FitComparison<Model>) -> (reports: [StartReport], modes: [FitMode]) {
    let byMode = Dictionary(grouping: reports, by: \.mode).values.map { starts in
      (starts, best: starts.dropFirst().reduce(starts[0]) { $1.isBetter(than: $0) ? $1 : $0 })
    }
    let sorted = byMode.sorted { $0.best.isBetter(than: $1.best) }.map(\.0)
    var ranked = reports
    let modes = sorted.enumerated().map { position, starts in
      for start in starts { ranked[start.number].mode = position }
      let distance = position == 0 ? 0 : comparison.distance(fits[sorted[0][0].mode], fits[starts[0].mode])
      return FitMode(starts: starts.map(\.number), distance: distance)
    }
    return (ranked, modes)
  }
}

extension [StartReport] {
  /// Whether an automatic number of starts ends here.
  var areEnough: Bool {
    countAtBest > 1 && (chanceOfUnseenHeight ?? 1) < StartPolicy.Count.sufficientChance
  }

  /// How many starts reached the highest objective that counts: that of the starts that are not degenerate, unless all
  /// are.
  var countAtBest: Int {
    guard let best = self.min(by: { $0.isBetter(than: $1) }) else { return 0 }
    return count { $0.isDegenerate == best.isDegenerate && best.objective.isLevel(with: $0.objective) }
  }

  /// How likely the next start that is drawn ends at a height of the objective that none has reached: the share of starts
  /// that are alone at theirs (Good 1953, with Turing). Degenerate starts are one height. Nil unless two were drawn.
  ///
  /// Heights, not modes: where the data do not identify a model, every start ends at parameters of its own, and no number
  /// of them finds anything better.
  var chanceOfUnseenHeight: Double? {
    let drawn = filter { $0.origin != .file }
    guard drawn.count > 1 else { return nil }
    let collapsed = drawn.count { $0.isDegenerate }
    let objectives = drawn.filter { !$0.isDegenerate }.map(\.objective).sorted()
    let alone = objectives.indices.count { index in
      let neighbours = [index - 1, index + 1].filter(objectives.indices.contains)
      return !neighbours.contains { objectives[$0].isLevel(with: objectives[index]) }
    }
    return Double(alone + (collapsed == 1 ? 1 : 0)) / Double(drawn.count)
  }
}
