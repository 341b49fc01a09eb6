package loyalty

import (
	"context"
	"database/sql"
	"strings"
)

const tables = `
CREATE TABLE members (id int PRIMARY KEY AUTO_INCREMENT, card varchar(16) NOT NULL UNIQUE, name varchar(40) NOT NULL, tier varchar(10) NOT NULL DEFAULT 'basic', interests varchar(80)) ENGINE=InnoDB;
CREATE TABLE purchases (store_id int NOT NULL, receipt int NOT NULL, member_id int NOT NULL, cents int NOT NULL, bought_on char(10) NOT NULL, PRIMARY KEY (store_id, receipt), KEY (member_id)) ENGINE=InnoDB;
CREATE TABLE prices (store_id int NOT NULL, sku varchar(12) NOT NULL, cents int NOT NULL, PRIMARY KEY (store_id, sku)) ENGINE=InnoDB;
CREATE TABLE offers (id int PRIMARY KEY AUTO_INCREMENT, title varchar(40) NOT NULL, tags varchar(80) NOT NULL) ENGINE=InnoDB;
CREATE TABLE tags (name varchar(20) PRIMARY KEY) ENGINE=InnoDB;
CREATE TABLE balances (member_id int NOT NULL, month char(7) NOT NULL, points int NOT NULL, PRIMARY KEY (member_id, month)) ENGINE=InnoDB;
CREATE TABLE vouchers (id int PRIMARY KEY AUTO_INCREMENT, member_id int NOT NULL, cents int NOT NULL) ENGINE=InnoDB;
CREATE TABLE audit (id int PRIMARY KEY AUTO_INCREMENT, note varchar(80) NOT NULL) ENGINE=InnoDB;
INSERT INTO members (id, card, name, interests) VALUES (101, 'C-5001', 'Ada', 'wine,cheese'), (104, 'C-5010', 'Ben', 'bread'), (109, 'C-5011', 'Cem', NULL), (133, 'C-5090', 'Dot', 'fish,wine'), (134, 'C-5091', 'Eve', 'tea'), (150, 'C-5100', 'Fay', 'tea,bread,fish'), (171, 'C-5102', 'Gus', NULL), (172, 'C-5104', 'Hal', 'cheese'), (190, 'C-6001', 'Ida', 'fruit'), (204, 'C-6002', 'Jon', 'fruit,tea'), (205, 'C-6003', 'Kim', 'wine'), (241, 'C-6007', 'Lou', 'bread,tea');
INSERT INTO purchases SELECT 1 + m.id % 3, m.id * 10 + seq, m.id, 500 + (m.id * seq) % 900, CONCAT('2025-0', 1 + seq % 4, '-1', seq % 10) FROM members m JOIN seq_1_to_9 WHERE seq <= m.id % 9;
INSERT INTO prices SELECT s.seq, CONCAT('SKU-', 100 + k.seq * 11), 100 + s.seq * k.seq FROM seq_1_to_3 s, seq_1_to_14 k;
INSERT INTO offers (title, tags) VALUES ('Rioja', 'wine'), ('Brie and Merlot', 'wine,cheese'), ('Rye', 'bread'), ('Trout', 'fish'), ('Assam', 'tea'), ('Sencha', 'tea'), ('Plums', 'fruit'), ('Scones', 'bread,tea');
INSERT INTO tags VALUES ('wine'), ('cheese'), ('bread'), ('fish'), ('tea'), ('fruit'), ('meat');
INSERT INTO balances SELECT id, '2025-01', id % 40 FROM members;
INSERT INTO vouchers (member_id, cents) SELECT m.id, 100 * s.seq FROM members m, seq_1_to_4 s;
`

type member struct {
	id        int
	card      string
	name      string
	tier      string
	interests sql.NullString
}

type priceKey struct {
	store int
	sku   string
}

func members(ctx context.Context, db *sql.DB) ([]member, error) {
	rows, err := db.QueryContext(ctx, "SELECT id, card, name, tier, interests FROM members ORDER BY name")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []member
	for rows.Next() {
		var m member
		if err := rows.Scan(&m.id, &m.card, &m.name, &m.tier, &m.interests); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, rows.Err()
}

func placeholders(group string, n int) string {
	return strings.TrimSuffix(strings.Repeat(group+",", n), ",")
}
