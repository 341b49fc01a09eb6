package frame

// dataLayer reports whether pkg stands between the user's code and database/sql. Such a package is no call site of the
// user's even where it was vendored by hand or replaced by a folder next door.
func dataLayer(pkg string) bool {
	for _, layer := range dataLayers {
		if within(pkg, layer) {
			return true
		}
	}
	return false
}

// dataLayers are import paths: a package and what is below it, or with a slash at the end all packages below it.
var dataLayers = []string{
	// Mappers and query builders.
	"entgo.io/ent",
	"gitee.com/chunanyong/zorm",
	"github.com/Masterminds/squirrel",
	"github.com/aarondl/sqlboiler",
	"github.com/beego/beego",
	"github.com/blockloop/scan",
	"github.com/doug-martin/goqu",
	"github.com/georgysavva/scany",
	"github.com/go-gorm/",
	"github.com/go-gorp/gorp",
	"github.com/go-jet/jet",
	"github.com/go-pg/pg",
	"github.com/go-rel/",
	"github.com/go-xorm/",
	"github.com/gocraft/dbr",
	"github.com/huandu/go-sqlbuilder",
	"github.com/jinzhu/gorm",
	"github.com/jmoiron/sqlx",
	"github.com/kyleconroy/sqlc",
	"github.com/stephenafamo/bob",
	"github.com/stephenafamo/scan",
	"github.com/upper/db",
	"github.com/uptrace/bun",
	"github.com/volatiletech/sqlboiler",
	"gopkg.in/gorp.v1",
	"gopkg.in/gorp.v2",
	"gopkg.in/gorp.v3",
	"gopkg.in/reform.v1",
	"gorm.io/",
	"xorm.io/",

	// Drivers, and what wraps them.
	"github.com/ClickHouse/clickhouse-go",
	"github.com/DATA-DOG/go-sqlmock",
	"github.com/XSAM/otelsql",
	"github.com/cockroachdb/cockroach-go",
	"github.com/denisenkom/go-mssqldb",
	"github.com/glebarez/",
	"github.com/go-sql-driver/mysql",
	"github.com/jackc/",
	"github.com/lib/pq",
	"github.com/luna-duclos/instrumentedsql",
	"github.com/mattn/go-sqlite3",
	"github.com/microsoft/go-mssqldb",
	"github.com/ncruces/go-sqlite3",
	"github.com/ngrok/sqlmw",
	"github.com/qustavo/sqlhooks",
	"github.com/shogo82148/go-sql-proxy",
	"github.com/sijms/go-ora",
	"modernc.org/sqlite",
}
