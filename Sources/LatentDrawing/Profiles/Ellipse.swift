/// Where a normal distribution of two numbers has a part of its probability, drawn around its mean.
struct Ellipse {
  /// The mean on the drawing.
  let centre: Point
  /// Half a diameter that ends where x is largest, and its conjugate: with t from 0 to 2π the outline is at
  /// centre + a cos t + b sin t.
  private let a: Point
  private let b: Point

  /// √χ²: the distance from the mean within which a normal distribution of two numbers has 95 % of its probability.
  private static let radius = 2.447_746_830_680_816
  /// How far the control points of four cubic curves lie from the ends of their quarters of a circle.
  private static let control = 0.552_284_749_830_793_4

  /// - covariance: σ_xx, σ_xy and σ_yy in the units of the axes.
  /// - place: from a point in these units to one on the drawing; affine.
  init(mean: Point, covariance: (xx: Double, xy: Double, yy: Double), place: (Point) -> Point) {
    let deviation = covariance.xx.squareRoot()
    let rest = max(0, covariance.yy - covariance.xy * covariance.xy / covariance.xx).squareRoot()
    let centre = place(mean)
    func half(_ x: Double, _ y: Double) -> Point {
      let end = place(Point(x: mean.x + Self.radius * x, y: mean.y + Self.radius * y))
      return Point(x: end.x - centre.x, y: end.y - centre.y)
    }
    self.centre = centre
    a = half(deviation, covariance.xy / deviation)
    b = half(0, rest)
  }

  /// The outline as the attribute `d` of a path.
  var path: String {
    func place(_ cosine: Double, _ sine: Double) -> String {
      "\(number(centre.x + cosine * a.x + sine * b.x)) \(number(centre.y + cosine * a.y + sine * b.y))"
    }
    let k = Self.control
    let quarters = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)].map { cosine, sine in
      let (nextCosine, nextSine) = (-sine, cosine)
      return "C\(place(cosine + k * nextCosine, sine + k * nextSine)) "
        + "\(place(nextCosine + k * cosine, nextSine + k * sine)) \(place(nextCosine, nextSine))"
    }
    return "M\(place(1, 0))\(quarters.joined())Z"
  }

  /// Places for a label: the middle, and the ends of the two diameters.
  var anchors: [Point] {
    [(0.0, 0.0), (0, 1), (0, -1), (1, 0), (-1, 0)].map { cosine, sine in
      Point(x: centre.x + cosine * a.x + sine * b.x, y: centre.y + cosine * a.y + sine * b.y)
    }
  }
}
