/// The information criteria of several models as a picture: over their sizes where they have any, otherwise side by side.
public struct CriteriaDrawing: Sendable {
  /// A fitted model and its criteria, of which smaller is better.
  public struct Entry: Hashable, Sendable {
    /// What the model is called.
    public let name: String
    /// How many states its latent variable has, where models differ in that.
    public let size: Int?
    /// What models of the same kind have in common, such as the shape of their covariance.
    public let kind: String
    /// Akaike's criterion.
    public let aic: Double
    /// The Bayesian criterion.
    public let bic: Double
    /// The integrated completed likelihood; nil where there is none.
    public let icl: Double?

    /// A model with its criteria.
    public init(name: String, size: Int?, kind: String, aic: Double, bic: Double, icl: Double?) {
      (self.name, self.size, self.kind) = (name, size, kind)
      (self.aic, self.bic, self.icl) = (aic, bic, icl)
    }
  }

  let title: String
  let entries: [Entry]
  /// The position of the model that is chosen.
  let best: Int

  /// Prepares the picture of at least one model.
  ///
  /// - title: what stands above it.
  public init(_ entries: [Entry], title: String) {
    precondition(!entries.isEmpty, "a comparison has a model")
    self.title = title
    self.entries = entries
    best = entries.indices.min { (entries[$0].bic, $0) < (entries[$1].bic, $1) } ?? 0
  }

  /// The picture as an SVG document, complete in itself: no scripts, no fonts, nothing from elsewhere.
  ///
  /// Of models of one kind, AIC, BIC and ICL; of several kinds in several sizes, BIC with a line per kind. The model of the
  /// smallest BIC has a ring.
  public var svg: String { CriteriaPicture(self).text }

  /// One line of the picture.
  struct Line {
    let name: String
    /// The positions of models, and the criterion of each.
    let points: [(entry: Int, value: Double)]
  }

  /// Whether models lie on an axis of sizes.
  var hasSizes: Bool { Set(entries.compactMap(\.size)).count > 1 && entries.allSatisfy { $0.size != nil } }

  /// Whether lines tell kinds of models apart; otherwise they tell criteria apart.
  var comparesKinds: Bool { hasSizes && Set(entries.map(\.kind)).count > 1 }

  var lines: [Line] {
    func line(_ name: String, _ isPart: (Entry) -> Bool, _ value: (Entry) -> Double?) -> Line {
      let points = entries.indices.filter { isPart(entries[$0]) }.compactMap { index in
        value(entries[index]).flatMap { $0.isFinite ? (index, $0) : nil }
      }
      return Line(name: name, points: points.sorted { position($0.0) < position($1.0) })
    }
    guard comparesKinds else {
      return [line("AIC", { _ in true }, \.aic), line("BIC", { _ in true }, \.bic), line("ICL", { _ in true }, \.icl)]
        .filter { !$0.points.isEmpty }
    }
    var kinds: [String] = []
    for entry in entries where !kinds.contains(entry.kind) { kinds.append(entry.kind) }
    return kinds.map { kind in line(kind, { $0.kind == kind }, \.bic) }.filter { !$0.points.isEmpty }
  }

  /// Where a model stands on the horizontal axis.
  func position(_ entry: Int) -> Double { hasSizes ? Double(entries[entry].size ?? 0) : Double(entry) }
}
