// Package associations uses associations of GORM in loops. Find and Count of an association and Preload of one
// parent are an n-plus-one, Append is a row-by-row-insert, Save of each parent is a row-by-row-update.
// FirstOrCreate, Preload of all parents, batches, and one Create of a graph are not reported.
//
// Related issues: go-gorm/gorm#903, go-gorm/gorm#487, go-gorm/gorm#4463, FlowingSPDG/get5loader#15,
// secmon-lab/octovy#17.
package associations

import "gorm.io/gorm"

type Role struct {
	ID   int64
	Name string
}
type Post struct {
	ID, UserID int64
	Title      string
	Tags       []Tag
}
type Tag struct {
	ID, PostID int64
	Name       string
}
type User struct {
	ID    int64
	Name  string
	Roles []Role `gorm:"many2many:user_roles"`
	Posts []Post
}

func users(db *gorm.DB) (us []User, err error) {
	err = db.Order("id").Find(&us).Error
	return
}

func AssocFind(db *gorm.DB) (n int, err error) {
	us, err := users(db)
	for i := range us { // loopAssocFind
		var rs []Role
		if err := db.Model(&us[i]).Association("Roles").Find(&rs); err != nil {
			return 0, err
		}
		for _, r := range rs {
			n += len(r.Name)
		}
	}
	return
}

func AssocCount(db *gorm.DB) (m map[int64]int64, err error) {
	us, err := users(db)
	m = map[int64]int64{}
	for i := range us { // loopAssocCount
		m[us[i].ID] = db.Model(&us[i]).Association("Posts").Count()
	}
	return
}

func PreloadOne(db *gorm.DB, ids []int64) (out []User, err error) {
	for _, id := range ids { // loopPreloadOne
		var u User
		if err := db.Preload("Roles").Preload("Posts.Tags").First(&u, id).Error; err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return
}

func Append(db *gorm.DB, u *User, names []string) error {
	for _, n := range names { // loopAppend
		if err := db.Model(u).Association("Roles").Append(&Role{Name: n}); err != nil {
			return err
		}
	}
	return nil
}

func Ensure(db *gorm.DB, names []string) (out []Role, err error) {
	for _, n := range names {
		r := Role{}
		if err := db.Where(Role{Name: n}).FirstOrCreate(&r).Error; err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return
}

func Batched(db *gorm.DB) (us []User, err error) {
	err = db.Preload("Roles").Preload("Posts.Tags").Order("id").Find(&us).Error
	return
}

func PreloadBatches(db *gorm.DB) (n int, err error) {
	var us []User
	err = db.Preload("Roles").Preload("Posts").FindInBatches(&us, 2, func(tx *gorm.DB, batch int) error {
		for _, u := range us {
			n += len(u.Roles) + len(u.Posts)
		}
		return nil
	}).Error
	return
}

func SaveGraph(db *gorm.DB, us []User) error {
	for i := range us { // loopSaveGraph
		if err := db.Save(&us[i]).Error; err != nil {
			return err
		}
	}
	return nil
}

func CreateGraph(db *gorm.DB) error {
	u := User{Name: "n", Roles: []Role{{Name: "x"}, {Name: "y"}, {Name: "z"}}, Posts: []Post{{Title: "1", Tags: []Tag{{Name: "a"}, {Name: "b"}}}, {Title: "2", Tags: []Tag{{Name: "c"}}}, {Title: "3"}}}
	return db.Create(&u).Error
}
