// Package relations reads keys of rows that GORM has loaded together with a relation. The key of a user is a column of the users, not
// user_id of the posts, which GORM loads within the same call and which has the same values.
//
// Related issue: netbirdio/netbird, whose accounts are loaded with their networks, and saved one by one.
package relations

import "gorm.io/gorm"

type Post struct {
	ID, UserID int64
	Title      string
}

type User struct {
	ID    int64
	Name  string
	Posts []Post
}

func load(db *gorm.DB, id int64) (*User, error) {
	var u User
	err := db.Preload("Posts").First(&u, id).Error
	return &u, err
}

func all(db *gorm.DB) (us []*User, err error) {
	var ids []int64
	if err := db.Table("users").Order("id").Pluck("id", &ids).Error; err != nil {
		return nil, err
	}
	for _, id := range ids { // loopLoad
		u, err := load(db, id)
		if err != nil {
			return nil, err
		}
		us = append(us, u)
	}
	return us, nil
}

func name(db *gorm.DB, table string, key int64) (name string, err error) {
	err = db.Table(table).Where("id = ?", key).Limit(1).Pluck("name", &name).Error
	return name, err
}

// OfUsers asks for each user.
func OfUsers(db *gorm.DB) (names []string, err error) {
	us, err := all(db)
	if err != nil {
		return nil, err
	}
	for _, u := range us { // loopUsers
		n, err := name(db, "roles", u.ID)
		if err != nil {
			return nil, err
		}
		names = append(names, u.Name, n, u.Posts[0].Title)
	}
	return names, nil
}

// OfPosts asks for each post.
func OfPosts(db *gorm.DB) (names []string, err error) {
	us, err := all(db)
	if err != nil {
		return nil, err
	}
	for _, u := range us {
		for _, p := range u.Posts { // loopPosts
			n, err := name(db, "tags", p.ID)
			if err != nil {
				return nil, err
			}
			names = append(names, u.Name, p.Title, n)
		}
	}
	return names, nil
}
