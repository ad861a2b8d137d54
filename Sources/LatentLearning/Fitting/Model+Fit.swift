public import LatentData
internal import LatentInference
public import LatentModels

extension Model {
  /// Learns the parameters by expectation-maximization from rows with missing cells.
  ///
  /// ```swift
  /// let model = try Model(contentsOf: "blocs.yaml")
  /// let fit = try model.fit(to: Table(contentsOf: "votes.csv", for: model), starts: 10)
  /// print(fit.logLikelihood, fit.network.parameters)
  /// ```
  ///
  /// The rules are those of the tool. The parameters that the model has are the first start, used exactly as they are;
  /// otherwise there are ten random starts when a variable is latent, and one when none is. The fit with the highest
  /// objective is returned, with a report of all starts. Rows are not kept, so that a source such as
  /// `CSVSource` may be larger than memory; they are read again only to name those that something is wrong with. The same seed gives the same result, to the last bit.
  ///
  /// - Parameters:
  ///   - rows: a table, or any other source of rows. A variable that no row observes is latent.
  ///   - starts: from where, and how often; a number means so many starts.
  ///   - seed: that of the first random start; the next ones count on from it. Each is in the report of its start.
  ///   - options: when to stop, prior, acceleration, threads, memory.
  ///   - onIteration: progress: called, from several threads, with the position of a start and each of its points; when
  ///     it asks to stop, the best fit so far is returned, and its `outcome` is `.interrupted`.
  /// - Throws: what reading throws; `FitError`; `InferenceError`, when rows are impossible under a start, naming the
  ///   first ten, or exact inference needs more memory than the options allow.
  /// - Complexity: linear in the rows to read; an iteration is linear in the distinct hidden components, and
  ///   exponential in the number of variables of the largest clique.
  public func fit(
    to rows: some RowSource, starts: StartPolicy = .standard, seed: UInt64 = 1, options: FitOptions = FitOptions(),
    onIteration: @Sendable (_ start: Int, Iteration) -> Continuation = { _, _ in .proceed }
  ) throws -> ModelFit {
    let prepared = try PreparedFit(self, to: rows, starts: starts, seed: seed, options: options)
    do {
      var fit = try prepared.run(onIteration: onIteration)
      // Where rows can be read once only, or not any more, the finding goes without them.
      try? fit.locateDegenerateRows(in: rows, memory: options.memory)
      return fit
    } catch let error as StartError {
      throw prepared.explained(error, rows)
    }
  }
}

extension PreparedFit {
  /// What went wrong at a start; of impossible rows, which they are, as far as the rows can be read again.
  func explained(_ error: StartError, _ rows: some RowSource) -> any Error {
    guard case InferenceError.impossibleData = error.underlying else { return error.underlying }
    var found: [Int] = []
    var firstRow = 0
    do {
      let start = try start(error.number).model
      try rows.forEachBlock { block in
        let inference = try RowInference(
          start, block.recordingMissingness(of: model.codebook), limit: options.memory)
        found += inference.impossibleRows(limit: InferenceError.rowsNamed - found.count).map { firstRow + $0.row }
        if found.count == InferenceError.rowsNamed { throw EnoughRows() }
        firstRow += block.rowCount
      }
    } catch is EnoughRows {
      return InferenceError.impossibleRows(found)
    } catch {
      return InferenceError.impossibleData
    }
    return found.isEmpty ? InferenceError.impossibleData : InferenceError.impossibleRows(found)
  }
}

/// Ends the search for impossible rows.
private struct EnoughRows: Error {}
